package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.Priority;

/**
 * Calls of a day or a month that may be made now. The reserve for interactive calls is a
 * part of what an even spend would leave for the rest of the period. It shrinks with
 * time, so that all calls can be used in the end. Not thread-safe.
 */
final class Allowance {

	/**
	 * Calls are whole numbers, and the reserve is rounded.
	 */
	private static final double ROUNDING = 0.5;

	private static final Duration RETRY_DELAY = Duration.ofMinutes(1);

	private final PeriodCalls calls;

	private final double reserve;

	private int divisor = 1;

	/**
	 * Creates the allowance of the given calls.
	 * @param reserve calls that are reserved for interactive calls at the beginning of
	 * the period
	 */
	Allowance(PeriodCalls calls, double reserve) {
		this.calls = calls;
		this.reserve = reserve;
	}

	/**
	 * Limits this replica to an equal part of the calls left.
	 * @param replicas number of parts; 1 allows all calls
	 */
	void divide(int replicas) {
		divisor = replicas;
	}

	/**
	 * Returns how many calls must be left to grant one.
	 */
	long needed(Priority priority, Instant now) {
		return (long) Math.floor(reserved(priority, now) + ROUNDING) + 1;
	}

	boolean allows(Priority priority, Instant now) {
		return spendable(priority, now) > ROUNDING;
	}

	/**
	 * Returns the time until a call is allowed that is not allowed now.
	 */
	Duration wait(Priority priority, Instant now) {
		Period period = calls.period();
		if (divisor > 1 && calls.left() > 0) {
			return (period.left(now).compareTo(RETRY_DELAY) < 0) ? period.left(now) : RETRY_DELAY;
		}
		double left = calls.left() - expectedElsewhere() - ROUNDING;
		if (priority == Priority.INTERACTIVE || left <= 0) {
			return period.left(now);
		}
		Duration after = Duration.ofMillis((long) (period.length().toMillis() * left / reserve));
		return period.left(now).minus(after).plusMillis(1);
	}

	/**
	 * Returns how many interactive calls may be made at once.
	 */
	long remaining(Instant now) {
		return Math.max(0, (long) (spendable(Priority.INTERACTIVE, now) + ROUNDING));
	}

	/**
	 * Returns when the next interactive call may be made.
	 */
	Instant nextCallAt(Instant now) {
		if (remaining(now) > 0) {
			return now;
		}
		return (calls.left() > 0) ? now.plus(RETRY_DELAY) : calls.period().end();
	}

	/**
	 * Returns the refreshes per second that the window can sustain until its end.
	 */
	double refreshRate(Instant now) {
		return Math.max(0, spendable(Priority.REFRESH, now)) * 1000 / calls.period().left(now).toMillis();
	}

	private double spendable(Priority priority, Instant now) {
		double left = calls.left() + calls.unreported() - reserved(priority, now);
		return (divisor == 1) ? left - calls.unreported() : Math.floor(left / divisor) - calls.unreported();
	}

	private double reserved(Priority priority, Instant now) {
		return (priority == Priority.REFRESH) ? reserve * calls.period().partLeft(now) + expectedElsewhere() : 0;
	}

	private double expectedElsewhere() {
		return (double) calls.elsewhere().expected();
	}

}
