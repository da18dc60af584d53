package io.htgateway.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Clock of waiting times and of the minute's calls: starts with the time of day and runs
 * evenly from then. Setting the system clock, forward or back, changes nothing. It stands
 * still while the machine is suspended: for ages, use {@link AgeClock}.
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
