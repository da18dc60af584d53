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
 * The pace at which the budget lasts. All keys in use are stretched by the same factor,
 * which is worked out anew every second from what they would take and what is left: an
 * error of it corrects itself.
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
		KeyUsage use = keys.find(key);
		if (use == null) {
			use = new KeyUsage(ttl, ttl, now.minus(age), 1);
			keys.add(key, use);
		}
		use.ask(now);
		double current = stretch;
		return current <= 1 || (age.toMillis() >= use.interval(current) && take());
	}

	// Nobody may have asked for anything since it was worked out.
	@Override
	public double stretch() {
		tick(clock.instant());
		return stretch;
	}

	private synchronized boolean take() {
		return allowance.take();
	}

	private Duration stretched(Duration ttl, KeyUsage use) {
		if (ttl.compareTo(maxTtl) >= 0) {
			return ttl;
		}
		Duration lifetime = Duration.ofMillis((long) use.interval(stretch));
		return (lifetime.compareTo(maxTtl) < 0) ? lifetime : maxTtl;
	}

	// One caller computes it; the others use the former result.
	private void tick(Instant now) {
		long present = now.toEpochMilli();
		long last = lastTick.get();
		long since = present - last;
		if ((since >= TICK_MILLIS || since < 0) && lastTick.compareAndSet(last, present)) {
			workOut(now);
		}
	}

	private void workOut(Instant now) {
		keys.purge(now);
		BudgetSnapshot present = budget.snapshot();
		double demand = keys.demand();
		int size = keys.size();
		synchronized (this) {
			allowance.advance(now, present, coldLoads.sumThenReset(), size);
			stretch = Math.clamp(demand / allowance.rate(), 1, MAX_STRETCH);
		}
	}

}
