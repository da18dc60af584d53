package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of day as it was at the start, which goes on evenly from then: forward where
 * the system's clock is set forward, and never back, so that ages go on growing when it
 * is set back.
 */
final class SteadyClock implements InstantSource {

	private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

	/**
	 * How far the system's clock may stay behind before that is told.
	 */
	private static final long TOLD_NANOS = Duration.ofSeconds(10).toNanos();

	private static final long NANOS = 1_000_000_000;

	private final InstantSource wall;

	private final LongSupplier ticks;

	/**
	 * Time of day less ticks, the largest so far.
	 */
	private final AtomicLong offset;

	private volatile boolean behind;

	/**
	 * A clock on top of the system's.
	 * @param ticks nanoseconds from any beginning, which nobody can set
	 */
	SteadyClock(InstantSource wall, LongSupplier ticks) {
		this.wall = wall;
		this.ticks = ticks;
		this.offset = new AtomicLong(nanos(wall.instant()) - ticks.getAsLong());
	}

	@Override
	public Instant instant() {
		long now = ticks.getAsLong();
		long seen = nanos(wall.instant()) - now;
		long largest = offset.get();
		if (seen > largest) {
			largest = offset.accumulateAndGet(seen, Math::max);
		}
		tell(largest - seen);
		long time = now + largest;
		return Instant.ofEpochSecond(Math.floorDiv(time, NANOS), Math.floorMod(time, NANOS));
	}

	// Once when it is set back, and once when it has caught up.
	private void tell(long lag) {
		boolean late = lag > TOLD_NANOS;
		if (late != behind) {
			behind = late;
			if (late) {
				LOG.warn("The system's clock was set back, the gateway's goes on: aheadSeconds={}", lag / NANOS);
			}
			else {
				LOG.info("The system's clock has caught up with the gateway's");
			}
		}
	}

	private static long nanos(Instant time) {
		return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
	}

}
