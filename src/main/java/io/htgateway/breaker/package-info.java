/**
 * Circuit breakers: stop calls to a server that fails or is slow, and try it again later.
 */
@NullMarked
package io.htgateway.breaker;

import org.jspecify.annotations.NullMarked;
