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
 * @param load names the load that it came with, where other responses are parts of it:
 * the same in all replicas, and never that of another load, whatever it brought
 */
public record Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified,
		@Nullable String load) {

	/**
	 * A source of responses that have no parts.
	 */
	public Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified) {
		this(fetchedAt, age, etag, lastModified, null);
	}

	/**
	 * A source that tells nothing but what it gave.
	 */
	public static Origin of(Instant fetchedAt, Duration age) {
		return new Origin(fetchedAt, age, null, null);
	}

	/**
	 * The same source, of a response that was already older then.
	 */
	public Origin withAge(Duration older) {
		return new Origin(fetchedAt, older, etag, lastModified, load);
	}

	Duration sinceFetched(Instant now) {
		return now.isAfter(fetchedAt) ? Duration.between(fetchedAt, now) : Duration.ZERO;
	}

}
