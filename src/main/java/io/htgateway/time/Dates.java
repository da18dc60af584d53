package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day, for what has a date: days and months of the budget, the validity of
 * tokens, headers of HTTP. It may be set forward and back; durations are measured with
 * the {@link InstantSource} that is a bean.
 */
public final class Dates {

	/**
	 * How far two clocks can differ by chance between two readings.
	 */
	private static final Duration CHANCE = CalendarClock.ACCURACY;

	private final InstantSource clock;

	private Dates(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * The dates of the given clock, whatever it is.
	 */
	public static Dates of(InstantSource clock) {
		return new Dates(clock);
	}

	/**
	 * The clock that tells the date.
	 */
	public InstantSource clock() {
		return clock;
	}

	/**
	 * The date of a moment of the clock of durations.
	 */
	public Instant date(Instant moment) {
		return (clock instanceof CalendarClock calendar) ? calendar.date(moment) : moment;
	}

	/**
	 * The clock of durations beneath a clock that tells the date.
	 */
	public static InstantSource steady(InstantSource clock) {
		return (clock instanceof CalendarClock calendar) ? calendar.steady() : clock;
	}

	/**
	 * Whether a date was reached by a jump and not by time that passed.
	 * @param date time between two dates
	 * @param passed time that passed between them
	 */
	public static boolean isJump(Duration date, Duration passed) {
		return date.minus(passed).abs().compareTo(CHANCE) > 0;
	}

}
