/**
 * Locks of files that only one gateway may use.
 */
@NullMarked
package io.htgateway.lock;

import org.jspecify.annotations.NullMarked;
