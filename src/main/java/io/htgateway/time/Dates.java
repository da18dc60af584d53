package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Source of dates: days and months of the budget, the validity of tokens, headers of
 * HTTP. It may be set forward and back; ages are measured with the {@link InstantSource}
 * bean.
 */
public final class Dates {

	/**
	 * Greatest difference that two readings can show by chance.
	 */
	private static final Duration CHANCE = CalendarClock.ACCURACY;

	private final InstantSource clock;

	private final InstantSource counting;

	private Dates(InstantSource clock, InstantSource counting) {
		this.clock = clock;
		this.counting = counting;
	}

	/**
	 * Returns the dates of the given clock. One that is no clock of ages is used for all
	 * dates.
	 */
	public static Dates of(InstantSource clock) {
		return (clock instanceof AgeClock ages)
				? new Dates(CalendarClock.silent(ages, ages.wall()), new CalendarClock(ages.steady(), ages.wall()))
				: new Dates(clock, clock);
	}

	/**
	 * Returns the clock of dates. It goes forward with the system clock at once, so that
	 * nothing is valid for longer than it may be.
	 */
	public InstantSource clock() {
		return clock;
	}

	/**
	 * Returns the clock of dates for counting calls and for waiting times. It follows the
	 * system clock, also forward, only after a minute: no call is made because of a
	 * momentary reading.
	 */
	public InstantSource counting() {
		return counting;
	}

	/**
	 * Returns the date of a moment of the clock of ages.
	 */
	public Instant date(Instant moment) {
		return (clock instanceof CalendarClock calendar) ? calendar.date(moment) : moment;
	}

	/**
	 * Returns the clock of waiting times. It stands still while the machine is suspended,
	 * so that no wait is too short.
	 */
	public InstantSource waiting() {
		return elapsed(counting);
	}

	/**
	 * Returns the clock that measures elapsed time for the given clock of dates: that of
	 * waiting times for {@link #counting()}, and that of ages, which counts the time of a
	 * suspension, for {@link #clock()}.
	 */
	public static InstantSource elapsed(InstantSource clock) {
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
