package io.htgateway.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/**
 * Parser of HTTP dates in the three forms that a recipient must accept (RFC 9110 5.6.7).
 */
final class HttpDate {

	private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US)
		.withZone(ZoneOffset.UTC);

	// A two-digit year is at most 50 years in the future (RFC 9110 5.6.7).
	private static final int YEARS_BACK = 49;

	private HttpDate() {
	}

	/**
	 * Returns the time that the given text denotes, or an empty value if it is not a
	 * date.
	 * @param now current time, which decides the century of a two-digit year
	 */
	static Optional<Instant> parse(String text, Instant now) {
		return parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).or(() -> parse(text, rfc850(now)))
			.or(() -> parse(text, ASCTIME));
	}

	private static DateTimeFormatter rfc850(Instant now) {
		LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(YEARS_BACK);
		return new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-")
			.appendValueReduced(ChronoField.YEAR, 2, 2, first)
			.appendPattern(" HH:mm:ss 'GMT'")
			.toFormatter(Locale.US)
			.withZone(ZoneOffset.UTC);
	}

	private static Optional<Instant> parse(String text, DateTimeFormatter format) {
		try {
			return Optional.of(format.parse(text, Instant::from));
		}
		catch (DateTimeParseException otherFormat) {
			return Optional.empty();
		}
	}

}
