/**
 * A store of snapshots in a folder.
 */
@NullMarked
package io.htgateway.history.folder;

import org.jspecify.annotations.NullMarked;
