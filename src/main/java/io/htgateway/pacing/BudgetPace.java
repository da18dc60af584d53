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

/**
 * The pace at which the budget lasts. It stretches the lifetimes of all keys in use by
 * the same factor: their demand of calls divided by the calls that the budget affords.
 * The factor is recomputed every second, so that an error in it corrects itself.
 */
final class BudgetPace implements Pace {

	private static final long TICK_MILLIS = 1_000;

	private static final double MAX_STRETCH = 100_000;

	private final ActiveKeys keys = new ActiveKeys();

	private final LongAdder coldLoads = new LongAdder();

	private final CallBudget budget;

	private final InstantSource clock;

	private final Duration maxTtl;

	private final RefreshAllowance allowance;

	private volatile double stretch = 1;

	private final AtomicLong lastTick = new AtomicLong();

	BudgetPace(PacingProperties properties, CallBudget budget, InstantSource clock) {
		this.budget = budget;
		this.clock = clock;
		this.maxTtl = properties.maxTtl();
		this.allowance = new RefreshAllowance(clock.instant(), budget.snapshot());
	}

	@Override
	public Duration lifetime(CacheKey key, Duration ttl) {
		Instant now = clock.instant();
		double phase = keys.phase(key, stretch, now);
		Duration lifetime = stretched(ttl, new KeyUsage(ttl, ttl, now, phase));
		if (keys.add(key, new KeyUsage(ttl, lifetime, now, phase))) {
			coldLoads.increment();
		}
		tick(now);
		return lifetime;
	}

	@Override
	public Duration longest() {
		return maxTtl;
	}

	@Override
	public boolean isDue(CacheKey key, Duration ttl, Duration age) {
		Instant now = clock.instant();
		tick(now);
		KeyUsage usage = keys.find(key);
		if (usage == null) {
			usage = new KeyUsage(ttl, ttl, now.minus(age), 1);
			keys.add(key, usage);
		}
		usage.request(now);
		double current = stretch;
		return current <= 1 || (age.toMillis() >= usage.interval(current) && tryAcquireRefresh());
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

	private Duration stretched(Duration ttl, KeyUsage usage) {
		if (ttl.compareTo(maxTtl) >= 0) {
			return ttl;
		}
		Duration lifetime = Duration.ofMillis((long) usage.interval(stretch));
		return (lifetime.compareTo(maxTtl) < 0) ? lifetime : maxTtl;
	}

	// One thread recomputes the stretch; the others use the last result meanwhile.
	private void tick(Instant now) {
		long nowMillis = now.toEpochMilli();
		long last = lastTick.get();
		long elapsed = nowMillis - last;
		if ((elapsed >= TICK_MILLIS || elapsed < 0) && lastTick.compareAndSet(last, nowMillis)) {
			recompute(now);
		}
	}

	private void recompute(Instant now) {
		keys.removeUnused(now);
		BudgetSnapshot snapshot = budget.snapshot();
		double demand = keys.demand();
		int size = keys.size();
		synchronized (this) {
			allowance.advance(now, snapshot, coldLoads.sumThenReset(), size);
			stretch = Math.clamp(demand / allowance.rate(), 1, MAX_STRETCH);
		}
	}

}
