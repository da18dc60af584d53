/**
 * Stored responses and their keys, in memory and in the cache that replicas share.
 */
@NullMarked
package io.htgateway.cache.store;

import org.jspecify.annotations.NullMarked;
