package io.htgateway.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Conditional requests (RFC 9110 13): whether the client has the response already.
 */
final class Preconditions {

	private static final Pattern ENTITY_TAG = Pattern
		.compile("\\G\\s*(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")\\s*(?:,|$)");

	private Preconditions() {
	}

	/**
	 * Whether the answer is 304: <code>If-None-Match</code> decides where it is given,
	 * and <code>If-Modified-Since</code> otherwise.
	 */
	static boolean isNotModified(@Nullable String ifNoneMatch, @Nullable String ifModifiedSince, String etag,
			@Nullable Instant lastModified) {
		if (ifNoneMatch != null) {
			return ifNoneMatch.equals(etag) || ifNoneMatch.strip().equals("*") || lists(ifNoneMatch, etag);
		}
		return ifModifiedSince != null && lastModified != null && isSince(ifModifiedSince, lastModified);
	}

	// Weak comparison (RFC 9110 8.8.3.2): a W/ makes no difference.
	private static boolean lists(String ifNoneMatch, String etag) {
		Matcher tags = ENTITY_TAG.matcher(ifNoneMatch);
		while (tags.find()) {
			if (tags.group(1).equals(etag)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isSince(String ifModifiedSince, Instant lastModified) {
		try {
			Instant since = DateTimeFormatter.RFC_1123_DATE_TIME.parse(ifModifiedSince.strip(), Instant::from);
			return !lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(since);
		}
		catch (DateTimeException notDate) {
			return false;
		}
	}

}
