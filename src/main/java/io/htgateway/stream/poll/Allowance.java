package io.htgateway.stream.poll;

import java.time.Duration;
import java.time.Instant;

/**
 * Calls of the share that are left for polls. Calls that are not made are saved for
 * cascades of liquidations, whose fills fill many pages.
 *
 * @param minute calls left in the minute
 * @param saved calls left of those that were saved; infinite if the plan limits neither
 * days nor months
 * @param at when they were counted
 */
public record Allowance(double minute, double saved, Instant at) {

	private static final double MINUTE = Duration.ofMinutes(1).toMillis();

	private static final double DAY = Duration.ofDays(1).toMillis();

	/**
	 * Returns the calls of a start: one, so that restarts bring no further ones.
	 */
	public static Allowance first(StreamShare share, Instant now) {
		return new Allowance(1, Math.min(share.mostSaved(), Double.isInfinite(share.perDay()) ? share.perDay() : 1),
				now);
	}

	/**
	 * Returns these calls with those that became available since. If the clock was set
	 * back, none did. More than the share allows at once are not saved.
	 */
	Allowance at(Instant now, StreamShare share) {
		double millis = (double) Math.max(0, Duration.between(at, now).toMillis());
		return new Allowance(Math.min(share.mostAtOnce(), minute + share.savedInAMinute() * millis / MINUTE),
				Math.min(share.mostSaved(), saved + share.savedIn(millis / DAY)), now);
	}

	/**
	 * Returns whether no call is left.
	 */
	boolean isSpent() {
		return minute < 1 || saved < 1;
	}

	/**
	 * Returns the time until a call is left.
	 */
	Duration wait(StreamShare share) {
		double forMinute = (1 - minute) / share.savedInAMinute() * MINUTE;
		double forSaved = (saved < 1) ? (1 - saved) / share.savedIn(1) * DAY : 0;
		return Duration.ofMillis((long) Math.ceil(Math.max(1, Math.max(forMinute, forSaved))));
	}

	/**
	 * Returns these calls and the given number, which may be negative.
	 */
	Allowance plus(long calls) {
		return new Allowance(minute + calls, saved + calls, at);
	}

}
