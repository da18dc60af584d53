package io.htgateway.cache.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where and when a response came from.
 *
 * @param fetchedAt when it was given to us, or last confirmed
 * @param age how old it was then already
 * @param etag the validator to confirm it with at its source
 * @param lastModified when its source last changed it, if that distinguishes it from
 * later versions
 * @param load name of the load, if other responses are parts of it: equal in all
 * replicas, and unique to the load, even if another one returned the same bytes
 */
public record Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified,
		@Nullable String load) {

	/**
	 * Creates a source of responses without parts.
	 */
	public Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified) {
		this(fetchedAt, age, etag, lastModified, null);
	}

	/**
	 * A source without further details.
	 */
	public static Origin of(Instant fetchedAt, Duration age) {
		return new Origin(fetchedAt, age, null, null);
	}

	/**
	 * Returns the same source for a response that had the given age already.
	 */
	public Origin withAge(Duration older) {
		return new Origin(fetchedAt, older, etag, lastModified, load);
	}

	public Duration sinceFetched(Instant now) {
		return now.isAfter(fetchedAt) ? Duration.between(fetchedAt, now) : Duration.ZERO;
	}

}
