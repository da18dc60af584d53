package io.htgateway.history.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Times in requests for the history (ISO 8601, RFC 3339).
 */
final class HistoryTime {

	/**
	 * Rule for a time in a query, as the end of the sentence "the parameter ...".
	 */
	static final String EXPECTATION = "must be a time in ISO 8601 from 1970 on, such as 2026-11-27T05:30:00Z;"
			+ " write the + of an offset as %2B";

	/**
	 * Rule for a time in a path, as the end of the sentence "the parameter ...".
	 */
	static final String PATH_EXPECTATION = "must be a time in UTC that ends with Z, such as 2026-11-27T05:30:00Z,"
			+ " or the last part of a snapshot's href";

	private static final int MIN_YEAR = 1970;

	// The names of objects have years of four digits.
	private static final int MAX_YEAR = 9999;

	private HistoryTime() {
	}

	/**
	 * Parses the given text. Returns nothing if it is invalid.
	 */
	static Optional<Instant> parse(String text) {
		try {
			OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
			return (time.getYear() >= MIN_YEAR && time.getYear() <= MAX_YEAR) ? Optional.of(time.toInstant())
					: Optional.empty();
		}
		catch (DateTimeException invalid) {
			return Optional.empty();
		}
	}

	static boolean isValid(String text) {
		return parse(text).isPresent();
	}

}
