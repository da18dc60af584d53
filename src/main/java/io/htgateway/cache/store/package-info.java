/**
 * What is stored under which key, in memory and behind it.
 */
@NullMarked
package io.htgateway.cache.store;

import org.jspecify.annotations.NullMarked;
