package io.htgateway.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Clock of all durations: starts with the time of day and runs evenly from then. Setting
 * the system clock, forward or back, changes no age, deadline or limit. For dates, use
 * {@link Dates}.
 */
final class SteadyClock implements InstantSource {

	private final Instant start;

	private final LongSupplier ticks;

	private final long firstTick;

	/**
	 * Creates a clock that begins with the time of the system clock.
	 * @param ticks nanoseconds since an arbitrary start, which cannot be set
	 */
	SteadyClock(InstantSource wall, LongSupplier ticks) {
		this.start = wall.instant();
		this.ticks = ticks;
		this.firstTick = ticks.getAsLong();
	}

	@Override
	public Instant instant() {
		return start.plusNanos(ticks.getAsLong() - firstTick);
	}

}
