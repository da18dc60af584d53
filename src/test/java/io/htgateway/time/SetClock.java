package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.htgateway.testing.MutableClock;

/**
 * The clocks of a gateway on a machine whose system clock a test sets.
 */
public final class SetClock {

	private final MutableClock wall;

	private final MutableClock ticks;

	private final AgeClock ages;

	private final InstantSource dates;

	public SetClock(Instant start) {
		this(new MutableClock(start));
	}

	/**
	 * Creates clocks with the given system clock.
	 */
	public SetClock(MutableClock wall) {
		this.wall = wall;
		this.ticks = new MutableClock(wall.instant());
		this.ages = new AgeClock(ticks, wall);
		this.dates = Dates.of(ages).counting();
	}

	/**
	 * Returns the clock of ages.
	 */
	public InstantSource ages() {
		return ages;
	}

	/**
	 * Returns the clock of dates that the budget uses.
	 */
	public InstantSource dates() {
		return dates;
	}

	/**
	 * Sets the clock forward or back.
	 */
	public void set(Duration jump) {
		wall.advance(jump);
	}

	/**
	 * Suspends the machine for the given time.
	 */
	public void suspend(Duration time) {
		set(time);
	}

	/**
	 * Moves both clocks forward by the given time.
	 */
	public void pass(Duration time) {
		wall.advance(time);
		ticks.advance(time);
		Instant _ = dates.instant();
	}

	/**
	 * Sets the clock, and lets enough time pass for the jump to be accepted.
	 */
	public void setForGood(Duration jump) {
		set(jump);
		Instant _ = dates.instant();
		pass(CalendarClock.CONFIRMATION);
	}

}
