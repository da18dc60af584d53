package io.htgateway.upstream.response;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Time to wait that the upstream asks for: by <code>Retry-After</code> in seconds or as a
 * date, relative to the upstream's own <code>Date</code> (RFC 9110 10.2.3), or by
 * <code>retry_after</code> in the body. Limited to between one second and one hour.
 */
final class RetryAfter {

	static final Duration DEFAULT = Duration.ofSeconds(60);

	private static final Duration MIN = Duration.ofSeconds(1);

	private static final Duration MAX = Duration.ofHours(1);

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,100}");

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
		return fromHeader(headers, now).or(() -> fromBody(body)).map(RetryAfter::clamp);
	}

	private static Optional<Duration> fromHeader(HttpHeaders headers, Instant now) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return Optional.empty();
		}
		if (SECONDS.matcher(value.strip()).matches()) {
			return Optional.of(seconds(value.strip()));
		}
		return date(value, now)
			.map((until) -> Duration.between(date(headers.getFirst(HttpHeaders.DATE), now).orElse(now), until));
	}

	private static Optional<Instant> date(@Nullable String value, Instant now) {
		return Optional.ofNullable(value).flatMap((text) -> HttpDate.parse(text.strip(), now));
	}

	private static Optional<Duration> fromBody(String body) {
		Matcher matcher = IN_BODY.matcher(body);
		if (!matcher.find()) {
			return Optional.empty();
		}
		boolean millis = matcher.group(1) != null || matcher.group(3) != null;
		return Optional.of(millis ? millis(matcher.group(2)) : seconds(matcher.group(2)));
	}

	private static Duration seconds(String digits) {
		return new BigInteger(digits).compareTo(BigInteger.valueOf(MAX.toSeconds())) > 0 ? MAX
				: Duration.ofSeconds(Long.parseLong(digits));
	}

	// Rounds up, so that the wait is never shorter than the upstream asked for.
	private static Duration millis(String digits) {
		BigInteger millis = new BigInteger(digits).min(BigInteger.valueOf(MAX.toMillis()));
		return Duration.ofSeconds(Math.ceilDiv(millis.longValue(), 1000));
	}

	private static Duration clamp(Duration hint) {
		if (hint.compareTo(MIN) < 0) {
			return MIN;
		}
		return (hint.compareTo(MAX) > 0) ? MAX : hint;
	}

}
