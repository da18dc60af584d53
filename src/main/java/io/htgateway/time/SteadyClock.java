package io.htgateway.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Clock for waiting times and for the calls of a minute. It starts at the time of the
 * system clock and runs evenly from then, even if the system clock is set. It stops while
 * the machine is suspended: for ages, use {@link AgeClock}.
 */
final class SteadyClock implements InstantSource {

	private final Instant start;

	private final LongSupplier ticks;

	private final long firstTick;

	/**
	 * Creates a clock that starts at the time of the given system clock.
	 * @param ticks nanoseconds since an arbitrary start, which nobody can set
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
