package io.htgateway.upstream.response;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.http.RetryAfterHeader;
import org.springframework.http.HttpHeaders;

/**
 * Time to wait that the upstream asks for: by <code>Retry-After</code>, or by
 * <code>retry_after</code> in the body. Limited to between one second and one hour.
 */
final class RetryAfter {

	static final Duration DEFAULT = Duration.ofSeconds(60);

	private static final BigInteger MILLIS = BigInteger.valueOf(1000);

	private static final Pattern IN_BODY = Pattern
		.compile("\"retry(?:_after|After)(_ms|Ms|_millis|Millis)?\"\\s*:\\s*\""
				+ "?([0-9]{1,100})(?:\\.[0-9]+)?(?:s|(ms))?[\"\\s,}]");

	private RetryAfter() {
	}

	/**
	 * Returns the time to wait, or an empty value if the response has no readable one.
	 * @param now current time, for responses without <code>Date</code>
	 */
	static Optional<Duration> of(HttpHeaders headers, String body, Instant now) {
		return asked(headers, body, now).map(RetryAfterHeader::limit);
	}

	/**
	 * Returns the time to wait without its upper limit, or an empty value if the response
	 * has no readable one.
	 * @param now current time, for responses without <code>Date</code>
	 */
	static Optional<Duration> asked(HttpHeaders headers, String body, Instant now) {
		return RetryAfterHeader.asked(headers, now).or(() -> fromBody(body));
	}

	private static Optional<Duration> fromBody(String body) {
		Matcher matcher = IN_BODY.matcher(body);
		if (!matcher.find()) {
			return Optional.empty();
		}
		boolean millis = matcher.group(1) != null || matcher.group(3) != null;
		BigInteger number = new BigInteger(matcher.group(2));
		return Optional.of(RetryAfterHeader.seconds(millis ? seconds(number) : number));
	}

	// Rounds up, so that the wait is never shorter than the upstream asked for.
	private static BigInteger seconds(BigInteger millis) {
		return millis.add(MILLIS).subtract(BigInteger.ONE).divide(MILLIS);
	}

}
