/**
 * Classification of failed loads, for the cache and for the log.
 */
@NullMarked
package io.htgateway.failure;

import org.jspecify.annotations.NullMarked;
