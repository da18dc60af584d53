package io.htgateway.fills;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parser of the ISO 8601 times that the upstream accepts: a date, or a date and a time to
 * the minute, second or fraction of a second, with or without an offset. Without an
 * offset the time is in UTC.
 */
final class IsoTime {

	// Lenient parsing accepts offsets with and without minutes and colon, but also other
	// forms, so the shape is checked first.
	private static final Pattern SHAPE = Pattern
		.compile("[0-9-]{10}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?");

	private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
		.appendValue(ChronoField.YEAR, 4, 4, SignStyle.NEVER)
		.appendPattern("-MM-dd")
		.optionalStart()
		.appendLiteral('T')
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.optionalStart()
		.parseLenient()
		.appendOffset("+HH", "Z")
		.toFormatter()
		.withResolverStyle(ResolverStyle.STRICT);

	private IsoTime() {
	}

	/**
	 * Parses the given text.
	 * @return the time, or nothing if the text is not an ISO 8601 time
	 */
	static Optional<Instant> parse(String text) {
		if (!SHAPE.matcher(text).matches()) {
			return Optional.empty();
		}
		try {
			return Optional
				.of(instant(FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
		}
		catch (DateTimeParseException malformed) {
			return Optional.empty();
		}
	}

	private static Instant instant(TemporalAccessor time) {
		return switch (time) {
			case OffsetDateTime offset -> offset.toInstant();
			case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
			default -> LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
		};
	}

}
