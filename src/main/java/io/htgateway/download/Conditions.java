package io.htgateway.download;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Validators of a stored file for a conditional download (RFC 9110 8.8): its tag, or its
 * date if it has no tag.
 *
 * @param etag the object store's tag, if any
 * @param lastModified date of its last change, if that distinguishes it from later
 * versions
 */
public record Conditions(@Nullable String etag, @Nullable Instant lastModified) {

	/**
	 * No file is stored.
	 */
	public static final Conditions NONE = new Conditions(null, null);

	private static final Duration RESOLUTION = Duration.ofSeconds(1);

	/**
	 * Returns the validators of a file.
	 * @param fetchedAt time of its download: a date within the same second may also be
	 * that of a later version (RFC 9110 8.8.2.2)
	 */
	public static Conditions of(@Nullable String etag, @Nullable Instant lastModified, Instant fetchedAt) {
		boolean strong = lastModified != null && lastModified.plus(RESOLUTION).isBefore(fetchedAt);
		return new Conditions(etag, strong ? lastModified : null);
	}

	boolean isEmpty() {
		return etag == null && lastModified == null;
	}

	void addTo(HttpHeaders headers) {
		if (etag != null) {
			headers.set(HttpHeaders.IF_NONE_MATCH, etag);
		}
		else if (lastModified != null) {
			headers.setIfModifiedSince(lastModified);
		}
	}

	/**
	 * Returns whether the given validators of a 304 match this file (RFC 9111 4.3.4).
	 */
	boolean admit(Conditions confirmed) {
		if (etag != null) {
			return confirmed.etag == null || opaque(etag).equals(opaque(confirmed.etag));
		}
		return lastModified == null || confirmed.lastModified == null
				|| lastModified.truncatedTo(ChronoUnit.SECONDS).equals(confirmed.lastModified);
	}

	private static String opaque(String tag) {
		return tag.startsWith("W/") ? tag.substring(2) : tag;
	}

}
