package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.htgateway.budget.CallBudget;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.testing.MutableClock;

/**
 * Keys that are loaded and requested at the pace of a budget, with a clock that tests
 * control.
 */
abstract class PacedKeys {

	static final Duration TTL = Duration.ofMinutes(5);

	static final Duration MAX_TTL = Duration.ofMinutes(30);

	// Calls in 30 days if 36 keys are loaded every five minutes.
	static final int DEMAND = 36 * 12 * 24 * 30;

	final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	BudgetPace pace(CallBudget budget) {
		return new BudgetPace(new PacingProperties(true, MAX_TTL), budget, clock);
	}

	List<Duration> load(BudgetPace pace, int keys) {
		List<Duration> lifetimes = IntStream.range(0, keys)
			.mapToObj((number) -> pace.lifetime(new Key(number), TTL))
			.toList();
		clock.advance(Duration.ofSeconds(1));
		pace.lifetime(new Key(0), TTL);
		return lifetimes;
	}

	void askFor(BudgetPace pace, Duration time) {
		for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end);) {
			clock.advance(Duration.ofSeconds(10));
			due(pace, 36, TTL);
		}
	}

	static int due(BudgetPace pace, int keys, Duration age) {
		return (int) IntStream.range(0, keys).filter((number) -> pace.isDue(new Key(number), TTL, age)).count();
	}

	record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
