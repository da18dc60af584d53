package io.htgateway.stream.poll;

import java.time.Duration;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.stream.event.Pace;

/**
 * Part of the plan's calls that polls may cause.
 *
 * @param perDay calls in a day, infinite if the plan limits neither days nor months
 * @param perMinute calls in a minute, at least 1
 */
public record StreamShare(double perDay, long perMinute) {

	private static final Duration DAY = Duration.ofDays(1);

	/**
	 * Calls that can be saved for a cascade, as a part of a day's. The rest of the day
	 * brings the others, so that no 24 hours have more calls than a day.
	 */
	private static final int PART_OF_DAY = 9;

	/**
	 * Returns the given part of the calls of the plan.
	 */
	public static StreamShare of(BudgetSnapshot plan, double part) {
		return new StreamShare(plan.perDay() * part,
				(long) Math.max(1, Math.min(Integer.MAX_VALUE, plan.limit("minute") * part)));
	}

	/**
	 * Returns the pace of polls of one page each: the given interval, or a longer one if
	 * this share is not enough for it.
	 */
	public Pace pace(Duration interval) {
		Duration shortest = Double.isInfinite(perDay) ? Duration.ZERO
				: Duration.ofMillis((long) Math.ceil(DAY.toMillis() / savedIn(1)));
		return (shortest.compareTo(interval) > 0) ? new Pace(shortest, Pace.Reason.SHARE)
				: new Pace(interval, Pace.Reason.CONFIGURED);
	}

	/**
	 * Returns the maximum of saved calls.
	 */
	double mostSaved() {
		return Math.max(1, Math.floor(perDay / PART_OF_DAY));
	}

	/**
	 * Returns the maximum of calls at once.
	 */
	double mostAtOnce() {
		return Math.max(1, perMinute / 2);
	}

	/**
	 * Returns the calls that become available in a minute. A call that becomes available
	 * at the end of a minute is one of the next.
	 */
	double savedInAMinute() {
		return perMinute - mostAtOnce() + 1;
	}

	/**
	 * Returns the calls that become available in the given number of days.
	 */
	double savedIn(double days) {
		return Double.isInfinite(perDay) ? 0
				: (perDay >= 1) ? (Math.floor(perDay) - mostSaved() + 1) * days : perDay * days;
	}

}
