/**
 * Stored responses on disk, which survive a restart.
 */
@NullMarked
package io.htgateway.cache.disk;

import org.jspecify.annotations.NullMarked;
