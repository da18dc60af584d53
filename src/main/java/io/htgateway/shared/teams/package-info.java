/**
 * The requests of each team at all replicas, counted in Redis.
 */
@NullMarked
package io.htgateway.shared.teams;

import org.jspecify.annotations.NullMarked;
