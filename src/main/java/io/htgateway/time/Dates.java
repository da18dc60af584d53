package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Source of dates: days and months of the budget, the validity of tokens, headers of
 * HTTP. It may be set forward and back; durations are measured with the
 * {@link InstantSource} bean.
 */
public final class Dates {

	/**
	 * Greatest difference that two readings can show by chance.
	 */
	private static final Duration CHANCE = CalendarClock.ACCURACY;

	private final InstantSource clock;

	private Dates(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Returns the dates of the given clock, of any kind.
	 */
	public static Dates of(InstantSource clock) {
		return new Dates(clock);
	}

	/**
	 * Returns the clock of dates.
	 */
	public InstantSource clock() {
		return clock;
	}

	/**
	 * Returns the date of a moment of the clock of durations.
	 */
	public Instant date(Instant moment) {
		return (clock instanceof CalendarClock calendar) ? calendar.date(moment) : moment;
	}

	/**
	 * Returns the clock of durations beneath a clock of dates.
	 */
	public static InstantSource steady(InstantSource clock) {
		return (clock instanceof CalendarClock calendar) ? calendar.steady() : clock;
	}

	/**
	 * Returns whether a date was reached by a jump instead of by passing time.
	 * @param date time between two dates
	 * @param passed time that passed between them
	 */
	public static boolean isJump(Duration date, Duration passed) {
		return date.minus(passed).abs().compareTo(CHANCE) > 0;
	}

}
