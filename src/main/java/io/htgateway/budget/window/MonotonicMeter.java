package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.github.bucket4j.TimeMeter;

/**
 * Time that goes on from where it was when the clock is set back: a bucket would let
 * nothing flow in until the clock is there again. Not thread-safe.
 */
final class MonotonicMeter implements TimeMeter {

	private final InstantSource clock;

	private Instant last;

	private long nanos;

	MonotonicMeter(InstantSource clock) {
		this.clock = clock;
		this.last = clock.instant();
	}

	@Override
	public long currentTimeNanos() {
		Instant now = clock.instant();
		if (now.isAfter(last)) {
			nanos = Math.addExact(nanos, Duration.between(last, now).toNanos());
		}
		last = now;
		return nanos;
	}

	@Override
	public boolean isWallClockBased() {
		return false;
	}

}
