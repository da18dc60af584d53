package io.htgateway.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock of all durations: the time of day at the start, which goes on evenly from
 * then. Whoever sets the system's clock, forward or back, changes no age, no deadline and
 * no limit. For dates there is {@link Dates}.
 */
final class SteadyClock implements InstantSource {

	private final Instant start;

	private final LongSupplier ticks;

	private final long firstTick;

	/**
	 * A clock that begins with the system's.
	 * @param ticks nanoseconds from any beginning, which nobody can set
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
