package io.htgateway.teams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * A number of requests a minute: as many may come at once, and what is used flows in
 * again evenly.
 */
public final class RequestLimit {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final long perMinute;

	private final Bucket bucket;

	RequestLimit(long perMinute, InstantSource clock) {
		this.perMinute = perMinute;
		this.bucket = Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(perMinute).refillGreedy(perMinute, MINUTE))
			.withCustomTimePrecision(new Meter(clock))
			.build();
	}

	boolean take() {
		return bucket.tryConsume(1);
	}

	/**
	 * Most requests a minute.
	 */
	public long perMinute() {
		return perMinute;
	}

	/**
	 * Requests that may come at once.
	 */
	public long left() {
		return bucket.getAvailableTokens();
	}

	/**
	 * Time until another request may come.
	 */
	public Duration retryAfter() {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
	}

	/**
	 * Time until all of them may come again.
	 */
	public Duration resetAfter() {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(perMinute).getNanosToWaitForRefill());
	}

	private record Meter(InstantSource clock) implements TimeMeter {

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

}
