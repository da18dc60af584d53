package io.htgateway.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.CallBudget.Charge;
import io.htgateway.time.ElapsedMeter;
import io.htgateway.upstream.CallQuota;
import reactor.core.publisher.Mono;

/**
 * Calls that polls may cause. Calls that are not made are saved for cascades of
 * liquidations, whose fills fill many pages.
 */
final class StreamQuota implements CallQuota {

	/**
	 * Maximum of saved calls, as a part of a day's.
	 */
	private static final int PART_OF_DAY = 8;

	/**
	 * Period over which the calls of the share are rounded to a whole number.
	 */
	private static final Duration PERIOD = Duration.ofDays(100);

	private final LongAdder calls = new LongAdder();

	private final Bucket bucket;

	StreamQuota(StreamShare share, InstantSource clock) {
		var limits = Bucket.builder()
			.addLimit((limit) -> limit.capacity(share.perMinute())
				.refillGreedy(share.perMinute(), Duration.ofMinutes(1)));
		if (!Double.isInfinite(share.perDay())) {
			long saved = Math.max(2, (long) share.perDay() / PART_OF_DAY);
			long refill = Math.max(1, (long) (share.perDay() * PERIOD.toDays()));
			limits.addLimit((limit) -> limit.capacity(saved).refillGreedy(refill, PERIOD));
		}
		this.bucket = limits.withCustomTimePrecision(new ElapsedMeter(clock)).build();
	}

	@Override
	public void acquire() {
		ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw BudgetExhausted.ofTask(Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
	}

	// A counter must not decrease, so a call counts when it was charged.
	@Override
	public Mono<Charge> limit(Mono<Charge> charge) {
		return CallQuota.super.limit(charge).doOnNext((charged) -> calls.increment());
	}

	@Override
	public void release() {
		bucket.addTokens(1);
	}

	/**
	 * Returns whether the share is used up.
	 */
	boolean isSpent() {
		return bucket.getAvailableTokens() < 1;
	}

	/**
	 * Returns the number of calls so far.
	 */
	long calls() {
		return calls.sum();
	}

}
