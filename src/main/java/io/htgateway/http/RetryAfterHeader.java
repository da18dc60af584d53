package io.htgateway.http;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Time to wait that a server asks for by <code>Retry-After</code>: in seconds, or as a
 * date, relative to the server's own <code>Date</code> (RFC 9110 10.2.3). Limited to
 * between one second and one hour.
 */
public final class RetryAfterHeader {

	private static final Duration MIN = Duration.ofSeconds(1);

	private static final Duration MAX = Duration.ofHours(1);

	/**
	 * More than any wait that is worth knowing: a month and a year.
	 */
	private static final Duration LONGEST = Duration.ofDays(400);

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,100}");

	private RetryAfterHeader() {
	}

	/**
	 * Returns the time to wait, or an empty value if the headers have no readable one.
	 * @param now current time, for responses without <code>Date</code>
	 */
	public static Optional<Duration> of(HttpHeaders headers, Instant now) {
		return asked(headers, now).map(RetryAfterHeader::limit);
	}

	/**
	 * Returns the time that the server asked to wait, from one second to 400 days, or an
	 * empty value if the headers have no readable one.
	 * @param now current time, for responses without <code>Date</code>
	 */
	public static Optional<Duration> asked(HttpHeaders headers, Instant now) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return Optional.empty();
		}
		if (SECONDS.matcher(value.strip()).matches()) {
			return Optional.of(seconds(new BigInteger(value.strip())));
		}
		return date(value, now)
			.map((until) -> Duration.between(date(headers.getFirst(HttpHeaders.DATE), now).orElse(now), until))
			.map(RetryAfterHeader::clamp);
	}

	/**
	 * Returns the given number of seconds, from one second to 400 days.
	 */
	public static Duration seconds(BigInteger seconds) {
		return clamp(Duration.ofSeconds(seconds.min(BigInteger.valueOf(LONGEST.toSeconds())).longValue()));
	}

	/**
	 * Returns the given time, at most an hour.
	 */
	public static Duration limit(Duration wait) {
		return (wait.compareTo(MAX) > 0) ? MAX : wait;
	}

	private static Optional<Instant> date(@Nullable String value, Instant now) {
		return Optional.ofNullable(value).flatMap((text) -> HttpDate.parse(text.strip(), now));
	}

	private static Duration clamp(Duration wait) {
		if (wait.compareTo(MIN) < 0) {
			return MIN;
		}
		return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
	}

}
