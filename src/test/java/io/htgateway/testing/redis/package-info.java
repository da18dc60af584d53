/**
 * A real Redis for tests: in a container where an engine is there, otherwise the binary
 * that embedded-redis carries.
 */
@NullMarked
package io.htgateway.testing.redis;

import org.jspecify.annotations.NullMarked;
