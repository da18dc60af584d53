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

/**
 * Times of ISO 8601 as the upstream takes them: a date, or a date and a time to the
 * minute, second or fraction, with or without an offset (without one, UTC).
 */
final class IsoTime {

	private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
		.appendValue(ChronoField.YEAR, 4, 4, SignStyle.NEVER)
		.appendPattern("-MM-dd")
		.optionalStart()
		.appendLiteral('T')
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.optionalStart()
		.appendOffset("+HH:mm", "Z")
		.optionalEnd()
		.optionalStart()
		.appendOffset("+HHmm", "Z")
		.optionalEnd()
		.optionalEnd()
		.toFormatter()
		.withResolverStyle(ResolverStyle.STRICT);

	private IsoTime() {
	}

	static Optional<Instant> parse(String text) {
		try {
			return Optional
				.of(instant(FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
		}
		catch (DateTimeParseException notIso) {
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
