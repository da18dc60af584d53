package io.htgateway.ops;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Why the upstream currently cannot be called.
 *
 * @param reason one of a few words
 * @param left how long it will last, where that is known
 */
record Obstacle(String reason, @Nullable Duration left) {
}
