package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Clocks for dates: the days and months of the budget, the validity of tokens, and HTTP
 * headers. Dates can jump when the system clock is set; measure ages with the
 * {@link InstantSource} bean.
 */
public final class Dates {

	/**
	 * Largest difference between two readings that is not a jump.
	 */
	private static final Duration TOLERANCE = CalendarClock.ACCURACY;

	private final InstantSource clock;

	private final InstantSource counting;

	private Dates(InstantSource clock, InstantSource counting) {
		this.clock = clock;
		this.counting = counting;
	}

	/**
	 * Creates the clocks of dates for the given clock of ages. Another clock, such as one
	 * of a test, is used for all dates as it is.
	 */
	public static Dates of(InstantSource clock) {
		return (clock instanceof AgeClock ages)
				? new Dates(CalendarClock.silent(ages, ages.wall()), new CalendarClock(ages.steady(), ages.wall()))
				: new Dates(clock, clock);
	}

	/**
	 * Returns the clock for expiry dates. It follows the system clock forward at once, so
	 * that nothing is valid for too long.
	 */
	public InstantSource clock() {
		return clock;
	}

	/**
	 * Returns the clock for counting calls. It follows the system clock, in either
	 * direction, only after a minute: no call is made because of a momentary jump.
	 */
	public InstantSource counting() {
		return counting;
	}

	/**
	 * Returns the date of a moment that was measured with the clock of ages.
	 */
	public Instant date(Instant moment) {
		return (clock instanceof CalendarClock calendar) ? calendar.date(moment) : moment;
	}

	/**
	 * Returns the clock for waiting times. It stops while the machine is suspended, so
	 * that no wait is too short.
	 */
	public InstantSource waiting() {
		return elapsed(counting);
	}

	/**
	 * Returns the clock that measures elapsed time for the given clock of dates: the
	 * clock for waiting times for {@link #counting()}, and the clock of ages, which
	 * includes suspensions, for {@link #clock()}.
	 */
	public static InstantSource elapsed(InstantSource clock) {
		return (clock instanceof CalendarClock calendar) ? calendar.steady() : clock;
	}

	/**
	 * Returns whether a date was reached by a jump of the clock instead of by passing
	 * time.
	 * @param date time between two dates
	 * @param passed time that elapsed between them
	 */
	public static boolean isJump(Duration date, Duration passed) {
		return date.minus(passed).abs().compareTo(TOLERANCE) > 0;
	}

}
