package io.htgateway.ops;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Reason why the upstream currently cannot be called.
 *
 * @param reason the reason, as a short code
 * @param left how long it will last, or null if that is not known
 */
record Obstacle(String reason, @Nullable Duration left) {
}
