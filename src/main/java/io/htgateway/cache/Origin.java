package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where and when a response came from.
 *
 * @param fetchedAt when it was given to us, or last confirmed
 * @param age how old it was then already
 * @param etag the validator to confirm it with at its source
 * @param lastModified when its source last changed it
 */
public record Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified) {

	/**
	 * A source that tells nothing but what it gave.
	 */
	public static Origin of(Instant fetchedAt, Duration age) {
		return new Origin(fetchedAt, age, null, null);
	}

	Duration sinceFetched(Instant now) {
		return now.isAfter(fetchedAt) ? Duration.between(fetchedAt, now) : Duration.ZERO;
	}

}
