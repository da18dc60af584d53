package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.HitCount;

/**
 * The pace at which the budget lasts. If the budget cannot refresh every key in use at
 * the end of its configured lifetime, intervals are longer, and those of keys with little
 * demand are the longest. They are planned again every second, so that an error in them
 * corrects itself.
 */
final class BudgetPace implements Pace {

	private static final long TICK_MILLIS = 1_000;

	private final LongAdder coldLoads = new LongAdder();

	private final CallBudget budget;

	private final InstantSource clock;

	private final PacingProperties properties;

	private final RefreshAllowance allowance;

	private final ActiveKeys keys;

	private volatile double stretch = 1;

	private final AtomicLong lastTick = new AtomicLong();

	BudgetPace(PacingProperties properties, CallBudget budget, InstantSource clock) {
		this.budget = budget;
		this.clock = clock;
		this.properties = properties;
		this.allowance = new RefreshAllowance(clock.instant(), budget.snapshot());
		this.keys = new ActiveKeys(clock.instant());
	}

	@Override
	public Duration lifetime(CacheKey key, Duration ttl) {
		Instant now = clock.instant();
		boolean cold = keys.find(key, now) == null;
		KeyUsage usage = keys.load(key, ttl, properties.maxTtl(), stretch, now);
		if (cold && keys.find(key, now) == usage) {
			coldLoads.increment();
		}
		tick(now);
		return usage.lifetime();
	}

	@Override
	public Duration longest() {
		return properties.maxTtl();
	}

	@Override
	public boolean isDue(CacheKey key, Duration ttl, Duration age, HitCount requests) {
		Instant now = clock.instant();
		tick(now);
		KeyUsage found = keys.find(key, now);
		KeyUsage usage = (found != null) ? found : keys.request(key, ttl, stretch, now.minus(age));
		usage.demand().countIn(requests);
		usage.request(now);
		return stretch <= 1 || (age.toMillis() >= usage.interval() && tryAcquireRefresh());
	}

	// Without requests, the last result may be old.
	@Override
	public double stretch() {
		tick(clock.instant());
		return stretch;
	}

	private synchronized boolean tryAcquireRefresh() {
		return allowance.tryAcquire();
	}

	// One thread plans again; the others use the last plan meanwhile.
	private void tick(Instant now) {
		long nowMillis = now.toEpochMilli();
		long last = lastTick.get();
		long elapsed = nowMillis - last;
		if ((elapsed >= TICK_MILLIS || elapsed < 0) && lastTick.compareAndSet(last, nowMillis)) {
			plan(now);
		}
	}

	private void plan(Instant now) {
		BudgetSnapshot snapshot = budget.snapshot();
		stretch = keys.plan(now, advance(now, snapshot), properties.maxStretch());
	}

	private synchronized double advance(Instant now, BudgetSnapshot snapshot) {
		allowance.advance(now, snapshot, coldLoads.sumThenReset(), keys.count(now));
		return allowance.rate();
	}

}
