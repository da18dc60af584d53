package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * A day (UTC) or a billing month.
 *
 * @param start first instant of the period
 * @param end first instant after the period
 */
public record Period(Instant start, Instant end) {

	static Period day(Instant now) {
		LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
		return of(today, today.plusDays(1));
	}

	/**
	 * Returns the billing month of the given time. It begins on the billing day, or on
	 * the last day of a month that has no such day.
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

	/**
	 * Returns the calendar month in which this period begins.
	 */
	YearMonth month() {
		return month(start);
	}

	/**
	 * Returns the calendar month of the given time.
	 */
	static YearMonth month(Instant time) {
		return YearMonth.from(time.atOffset(ZoneOffset.UTC));
	}

	boolean contains(Instant time) {
		return !time.isBefore(start) && time.isBefore(end);
	}

	Duration length() {
		return Duration.between(start, end);
	}

	/**
	 * Returns the time until the end, at least a millisecond.
	 */
	Duration left(Instant now) {
		long millis = Math.clamp(Duration.between(now, end).toMillis(), 1, length().toMillis());
		return Duration.ofMillis(millis);
	}

	/**
	 * Returns the part of the period that is left, from 0 to 1.
	 */
	double partLeft(Instant now) {
		return (double) left(now).toMillis() / length().toMillis();
	}

}
