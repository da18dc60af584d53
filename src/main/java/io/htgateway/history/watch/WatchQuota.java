package io.htgateway.history.watch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.htgateway.budget.BudgetExhausted;
import io.htgateway.time.ElapsedMeter;
import io.htgateway.upstream.CallQuota;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Counts the upstream calls of the watch list, and spreads them over time. Unused calls
 * are saved up to two loads of each key. More would be of no use, because only the newest
 * state is loaded after an outage.
 */
final class WatchQuota implements CallQuota {

	/**
	 * Maximum of saved loads, for each key.
	 */
	private static final int SAVED_LOADS = 2;

	/**
	 * Period over which the calls of the share are rounded to a whole number.
	 */
	private static final Duration PERIOD = Duration.ofDays(100);

	private final LongAdder calls = new LongAdder();

	private final @Nullable Bucket bucket;

	WatchQuota(WatchShare share, int keys, InstantSource clock) {
		this.bucket = Double.isInfinite(share.perDay()) ? null
				: bucket(share.perDay(), 1L * Math.max(1, keys) * SAVED_LOADS, clock);
	}

	private static Bucket bucket(double perDay, long capacity, InstantSource clock) {
		long calls = Math.max(1, (long) (perDay * PERIOD.toDays()));
		return Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(capacity).refillGreedy(calls, PERIOD))
			.withCustomTimePrecision(new ElapsedMeter(clock))
			.build();
	}

	@Override
	public Mono<Void> acquire() {
		return Mono.fromRunnable(this::take);
	}

	private void take() {
		if (bucket != null) {
			ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
			if (!probe.isConsumed()) {
				throw BudgetExhausted.ofTask(Duration.ofNanos(probe.getNanosToWaitForRefill()));
			}
		}
	}

	// A counter must not decrease, so a call counts when it was charged.
	@Override
	public void charged() {
		calls.increment();
	}

	@Override
	public void release() {
		if (bucket != null) {
			bucket.addTokens(1);
		}
	}

	/**
	 * Returns whether the share is used up.
	 */
	boolean isSpent() {
		return bucket != null && bucket.getAvailableTokens() < 1;
	}

	/**
	 * Returns the number of calls so far.
	 */
	long calls() {
		return calls.sum();
	}

}
