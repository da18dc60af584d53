package io.htgateway.upstream.availability;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Reason why the upstream currently cannot be called, or brings no response.
 *
 * @param reason the reason, as a short code
 * @param left how long it will last, or null if that is not known
 * @param isPause whether the gateway waits by itself, for its budget or because the
 * upstream asked for it; otherwise the upstream or its API key fails
 */
public record Obstacle(String reason, @Nullable Duration left, boolean isPause) {

	static Obstacle pause(String reason, Duration left) {
		return new Obstacle(reason, left, true);
	}

	static Obstacle fault(String reason, @Nullable Duration left) {
		return new Obstacle(reason, left, false);
	}

}
