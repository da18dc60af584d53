/**
 * Findings about the upstream, which each replica publishes to all others through Redis.
 */
@NullMarked
package io.htgateway.shared.guard;

import org.jspecify.annotations.NullMarked;
