package io.htgateway.download.response;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Validators of a stored file for a conditional download (RFC 9110 8.8): its
 * <code>ETag</code>, or its <code>Last-Modified</code> if it has no <code>ETag</code>.
 *
 * @param etag the object store's <code>ETag</code>, or null
 * @param lastModified date of its last change, or null if it is unknown or cannot
 * distinguish the file from later versions
 */
public record FileValidators(@Nullable String etag, @Nullable Instant lastModified) {

	/**
	 * Validators of no stored file.
	 */
	public static final FileValidators NONE = new FileValidators(null, null);

	private static final Duration RESOLUTION = Duration.ofSeconds(1);

	/**
	 * Returns the validators in the given headers of an object store, without a
	 * <code>Last-Modified</code> in the last second before the response: a later version
	 * can have the same date (RFC 9110 8.8.2.2).
	 * @param received time of the response, for responses without <code>Date</code>
	 */
	static FileValidators of(HttpHeaders headers, Instant received) {
		FileValidators all = all(headers);
		Instant date = Objects.requireNonNullElse(date(headers, HttpHeaders.DATE), received);
		boolean strong = all.lastModified != null && !all.lastModified.plus(RESOLUTION).isAfter(date);
		return strong ? all : new FileValidators(all.etag, null);
	}

	/**
	 * Returns all validators in the given headers, even a <code>Last-Modified</code> that
	 * does not distinguish versions.
	 */
	static FileValidators all(HttpHeaders headers) {
		return new FileValidators(headers.getFirst(HttpHeaders.ETAG), date(headers, HttpHeaders.LAST_MODIFIED));
	}

	private static @Nullable Instant date(HttpHeaders headers, String name) {
		try {
			long millis = headers.getFirstDate(name);
			return (millis >= 0) ? Instant.ofEpochMilli(millis) : null;
		}
		catch (IllegalArgumentException notDate) {
			return null;
		}
	}

	/**
	 * Returns these validators of a 304, with the known ones for those that it omits.
	 */
	public FileValidators or(FileValidators known) {
		return new FileValidators((etag != null) ? etag : known.etag,
				(lastModified != null) ? lastModified : known.lastModified);
	}

	boolean isEmpty() {
		return etag == null && lastModified == null;
	}

	/**
	 * Adds the precondition to a request: <code>If-None-Match</code>, or
	 * <code>If-Modified-Since</code> without an <code>ETag</code>.
	 */
	public void addTo(HttpHeaders headers) {
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
	boolean matches(FileValidators confirmed) {
		if (etag != null) {
			return confirmed.etag == null || opaque(etag).equals(opaque(confirmed.etag));
		}
		return lastModified == null || confirmed.lastModified == null || lastModified.equals(confirmed.lastModified);
	}

	private static String opaque(String tag) {
		return tag.startsWith("W/") ? tag.substring(2) : tag;
	}

}
