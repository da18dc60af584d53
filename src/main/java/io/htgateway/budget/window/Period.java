package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * A day or a billing month of UTC.
 *
 * @param start its first moment
 * @param end the first moment after it
 */
public record Period(Instant start, Instant end) {

	static Period day(Instant now) {
		LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
		return of(today, today.plusDays(1));
	}

	/**
	 * The month that begins on the given day, or on the last of a month that has no such
	 * day.
	 */
	static Period month(Instant now, int billingDay) {
		LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
		YearMonth month = YearMonth.from(today);
		YearMonth first = today.isBefore(begin(month, billingDay)) ? month.minusMonths(1) : month;
		return of(begin(first, billingDay), begin(first.plusMonths(1), billingDay));
	}

	private static LocalDate begin(YearMonth month, int billingDay) {
		return month.atDay(Math.min(billingDay, month.lengthOfMonth()));
	}

	private static Period of(LocalDate start, LocalDate end) {
		return new Period(start.atStartOfDay(ZoneOffset.UTC).toInstant(), end.atStartOfDay(ZoneOffset.UTC).toInstant());
	}

	Duration length() {
		return Duration.between(start, end);
	}

	/**
	 * Time to the end, at least a millisecond.
	 */
	Duration left(Instant now) {
		long millis = Math.clamp(Duration.between(now, end).toMillis(), 1, length().toMillis());
		return Duration.ofMillis(millis);
	}

	/**
	 * The part of the period that is not over, from 0 to 1.
	 */
	double partLeft(Instant now) {
		return (double) left(now).toMillis() / length().toMillis();
	}

}
