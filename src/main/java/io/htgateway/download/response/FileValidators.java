package io.htgateway.download.response;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

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
public record FileValidators(@Nullable String etag, @Nullable Instant lastModified) {

	/**
	 * No file is stored.
	 */
	public static final FileValidators NONE = new FileValidators(null, null);

	private static final Duration RESOLUTION = Duration.ofSeconds(1);

	/**
	 * Returns the validators in the given headers of an object store. A date within the
	 * second before the response may also be that of a later version (RFC 9110 8.8.2.2).
	 * @param received time of the response, if the store does not give it
	 */
	static FileValidators of(HttpHeaders headers, Instant received) {
		FileValidators any = any(headers);
		Instant date = Objects.requireNonNullElse(date(headers, HttpHeaders.DATE), received);
		boolean strong = any.lastModified != null && !any.lastModified.plus(RESOLUTION).isAfter(date);
		return strong ? any : new FileValidators(any.etag, null);
	}

	/**
	 * Returns the validators in the given headers, whether the date distinguishes
	 * versions or not.
	 */
	static FileValidators any(HttpHeaders headers) {
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
	 * Returns these validators, completed by those that a 304 does not have.
	 */
	public FileValidators or(FileValidators known) {
		return new FileValidators((etag != null) ? etag : known.etag,
				(lastModified != null) ? lastModified : known.lastModified);
	}

	boolean isEmpty() {
		return etag == null && lastModified == null;
	}

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
	boolean admit(FileValidators confirmed) {
		if (etag != null) {
			return confirmed.etag == null || opaque(etag).equals(opaque(confirmed.etag));
		}
		return lastModified == null || confirmed.lastModified == null || lastModified.equals(confirmed.lastModified);
	}

	private static String opaque(String tag) {
		return tag.startsWith("W/") ? tag.substring(2) : tag;
	}

}
