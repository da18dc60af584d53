/**
 * Counts of each team's requests at all replicas, in Redis.
 */
@NullMarked
package io.htgateway.shared.teams;

import org.jspecify.annotations.NullMarked;
