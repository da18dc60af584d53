package io.htgateway.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;

/**
 * The <code>Age</code> header of a response (RFC 9111 5.1).
 */
public final class Age {

	// The first value of a list counts.
	private static final Pattern SECONDS = Pattern.compile("\\s*([0-9]+)\\s*(?:,.*)?");

	// Any larger number of seconds counts as this (RFC 9111 1.2.2).
	private static final long MAX_SECONDS = 1L << 31;

	private Age() {
	}

	/**
	 * Returns the age of a response when it was sent; zero without a valid header.
	 */
	public static Duration of(HttpHeaders headers) {
		String header = headers.getFirst(HttpHeaders.AGE);
		Matcher age = SECONDS.matcher((header != null) ? header : "");
		if (!age.matches()) {
			return Duration.ZERO;
		}
		String seconds = age.group(1);
		return Duration
			.ofSeconds((seconds.length() > 10) ? MAX_SECONDS : Math.min(Long.parseLong(seconds), MAX_SECONDS));
	}

}
