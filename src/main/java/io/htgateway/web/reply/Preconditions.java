package io.htgateway.web.reply;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.DateFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation of conditional requests (RFC 9110 13): whether the client already has the
 * response.
 */
public final class Preconditions {

	private static final Pattern ENTITY_TAG = Pattern
		.compile("\\G[\\s,]*(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")\\s*(?:,|$)");

	private Preconditions() {
	}

	/**
	 * Returns whether the response is 304. <code>If-None-Match</code> decides if it is
	 * present, and <code>If-Modified-Since</code> otherwise.
	 * @param ifNoneMatch value of that header, joined by commas, or null
	 * @param ifModifiedSince value of that header, or null
	 * @param etag entity tag of the representation, with its quotes
	 * @param lastModified date of the representation, or null to ignore
	 * <code>If-Modified-Since</code>
	 */
	public static boolean isNotModified(@Nullable String ifNoneMatch, @Nullable String ifModifiedSince, String etag,
			@Nullable Instant lastModified) {
		if (ifNoneMatch != null) {
			return ifNoneMatch.equals(etag) || ifNoneMatch.strip().equals("*") || lists(ifNoneMatch, etag);
		}
		return ifModifiedSince != null && lastModified != null && isSince(ifModifiedSince, lastModified);
	}

	// Weak comparison (RFC 9110 8.8.3.2) ignores W/.
	private static boolean lists(String ifNoneMatch, String etag) {
		Matcher tags = ENTITY_TAG.matcher(ifNoneMatch);
		while (tags.find()) {
			if (tags.group(1).equals(etag)) {
				return true;
			}
		}
		return false;
	}

	// The parser accepts all three forms of a date (RFC 9110 5.6.7).
	private static boolean isSince(String ifModifiedSince, Instant lastModified) {
		Date since = DateFormatter.parseHttpDate(ifModifiedSince);
		return since != null && !lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(since.toInstant());
	}

}
