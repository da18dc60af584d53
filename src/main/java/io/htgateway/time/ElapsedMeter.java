package io.htgateway.time;

import java.time.Instant;
import java.time.InstantSource;

import io.github.bucket4j.TimeMeter;

/**
 * Elapsed time for token buckets. It never goes back.
 */
public final class ElapsedMeter implements TimeMeter {

	private final InstantSource clock;

	/**
	 * Creates a meter of the elapsed time that belongs to the given clock of dates.
	 */
	public ElapsedMeter(InstantSource clock) {
		this.clock = Dates.elapsed(clock);
	}

	@Override
	public long currentTimeNanos() {
		Instant now = clock.instant();
		return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
	}

	@Override
	public boolean isWallClockBased() {
		return true;
	}

}
