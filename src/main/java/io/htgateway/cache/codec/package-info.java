/**
 * The form of stored responses outside this replica's memory.
 */
@NullMarked
package io.htgateway.cache.codec;

import org.jspecify.annotations.NullMarked;
