package io.htgateway.cache.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The source of a response, and when it was fetched.
 *
 * @param fetchedAt when it was fetched or last confirmed
 * @param age its age at that time
 * @param etag the entity tag with which it can be revalidated at its source, or null
 * @param lastModified when its source last changed it, or null if that does not
 * distinguish it from later versions
 * @param load name of the load if other responses are parts of it, or null; equal in all
 * replicas, and unique to the load even if another one returned the same bytes
 * @param updatedAt date of the newest update of its source when it was fetched, by the
 * clock of the source, or null if it is not known
 */
public record Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified,
		@Nullable String load, @Nullable Instant updatedAt) {

	/**
	 * Creates the origin of a response whose source has no known updates.
	 */
	public Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified,
			@Nullable String load) {
		this(fetchedAt, age, etag, lastModified, load, null);
	}

	/**
	 * Creates the origin of a response without parts.
	 */
	public Origin(Instant fetchedAt, Duration age, @Nullable String etag, @Nullable Instant lastModified) {
		this(fetchedAt, age, etag, lastModified, null);
	}

	/**
	 * Creates an origin without validators.
	 */
	public static Origin of(Instant fetchedAt, Duration age) {
		return new Origin(fetchedAt, age, null, null);
	}

	/**
	 * Returns this origin for a response that had the given age when it was fetched.
	 */
	public Origin withAge(Duration older) {
		return new Origin(fetchedAt, older, etag, lastModified, load, updatedAt);
	}

	/**
	 * Returns this origin with the date of the newest update of its source.
	 */
	public Origin withUpdate(@Nullable Instant date) {
		return new Origin(fetchedAt, age, etag, lastModified, load, date);
	}

	public Duration sinceFetched(Instant now) {
		return now.isAfter(fetchedAt) ? Duration.between(fetchedAt, now) : Duration.ZERO;
	}

}
