package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.htgateway.testing.MutableClock;

/**
 * The clocks of a gateway on a machine whose clock a test sets.
 */
public final class SetClock {

	private final MutableClock wall;

	private final MutableClock ticks;

	private final InstantSource dates;

	public SetClock(Instant start) {
		this.wall = new MutableClock(start);
		this.ticks = new MutableClock(start);
		this.dates = new CalendarClock(ticks, wall);
	}

	/**
	 * The clock that tells the date, as the budget has it.
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
	 * Moves both clocks forward by the given time.
	 */
	public void pass(Duration time) {
		wall.advance(time);
		ticks.advance(time);
		Instant _ = dates.instant();
	}

	/**
	 * Sets the clock, and lets as much time pass as it takes to be believed.
	 */
	public void setForGood(Duration jump) {
		set(jump);
		Instant _ = dates.instant();
		pass(CalendarClock.PROOF);
	}

}
