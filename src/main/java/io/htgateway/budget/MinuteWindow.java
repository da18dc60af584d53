package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * The calls of any minute, wherever it begins. A bucket lets through what it holds and
 * what flows in meanwhile, so both together must not be more than the limit: it holds two
 * thirds, and the rest flows in within a minute and some seconds, for which a call may be
 * on its way longer than another. Not thread-safe.
 */
final class MinuteWindow {

	static final String NAME = "minute";

	private static final Duration PERIOD = Duration.ofSeconds(65);

	private final long limit;

	private final long burst;

	private final long refill;

	private final long reserved;

	private final Bucket bucket;

	MinuteWindow(long limit, double reserve, InstantSource clock) {
		this.limit = limit;
		this.burst = Math.max(1, limit * 2 / 3);
		this.refill = Math.max(1, limit - burst);
		this.reserved = (long) (burst * reserve);
		this.bucket = Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(burst).refillGreedy(refill, PERIOD))
			.withCustomTimePrecision(new Meter(clock))
			.build();
	}

	/**
	 * Most calls at once.
	 */
	long burst() {
		return burst;
	}

	/**
	 * Calls that may be made at once.
	 */
	long available() {
		return bucket.getAvailableTokens();
	}

	/**
	 * Takes up what an earlier run left.
	 */
	void restore(long available, Duration since) {
		double seconds = Math.max(0, since.toSeconds() + since.toNanosPart() / 1e9);
		double inflow = refill * seconds / PERIOD.toSeconds();
		long gone = burst - (long) Math.min((double) burst, Math.max(0, available) + inflow);
		if (gone > 0) {
			bucket.tryConsume(gone);
		}
	}

	boolean allows(Priority priority) {
		return bucket.getAvailableTokens() >= needed(priority);
	}

	void count() {
		bucket.tryConsume(1);
	}

	void release() {
		bucket.addTokens(1);
	}

	/**
	 * Time until a call is allowed that is not now.
	 */
	Duration wait(Priority priority) {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(needed(priority)).getNanosToWaitForRefill());
	}

	double refreshRate() {
		return (double) refill * (burst - reserved) / burst * 1000 / PERIOD.toMillis();
	}

	BudgetSnapshot.Window snapshot(Instant now) {
		long available = available();
		Duration full = Duration.ofNanos(bucket.estimateAbilityToConsume(burst).getNanosToWaitForRefill());
		return new BudgetSnapshot.Window(NAME, limit, burst - available, available, now.plus(full));
	}

	private long needed(Priority priority) {
		return (priority == Priority.REFRESH) ? reserved + 1 : 1;
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
