/**
 * Stored responses and their keys: in memory, and in a second level behind it.
 */
@NullMarked
package io.htgateway.cache.store;

import org.jspecify.annotations.NullMarked;
