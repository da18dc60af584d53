package io.htgateway.download;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Validators of a file that is stored already (RFC 9110 8.8), with which a download is
 * made conditional: by its tag, or by its date where it has no tag.
 *
 * @param etag the object store's tag of it, if any
 * @param lastModified when the object store last changed it, if that tells it from later
 * versions
 */
public record Conditions(@Nullable String etag, @Nullable Instant lastModified) {

	/**
	 * No file is stored.
	 */
	public static final Conditions NONE = new Conditions(null, null);

	private static final Duration RESOLUTION = Duration.ofSeconds(1);

	/**
	 * The validators of a file.
	 * @param fetchedAt when it was downloaded: a date within the same second could be
	 * that of a later version too (RFC 9110 8.8.2.2)
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
	 * Whether a 304 with the given validators is of this file, as far as they tell (RFC
	 * 9111 4.3.4).
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
