package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.budget.CallBudget;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.HitCount;
import io.htgateway.testing.MutableClock;

/**
 * Keys that are loaded and requested at the pace of a budget, with a clock that tests
 * control.
 */
abstract class PacedKeys {

	static final Duration TTL = Duration.ofMinutes(5);

	static final Duration MAX_TTL = Duration.ofMinutes(30);

	static final double MAX_STRETCH = 2;

	// Calls in 30 days if 36 keys are loaded every five minutes.
	static final int DEMAND = 36 * 12 * 24 * 30;

	private final List<HitCount> requests = Stream.generate(HitCount::new).limit(36).toList();

	final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	BudgetPace pace(CallBudget budget) {
		return new BudgetPace(new PacingProperties(true, MAX_TTL, MAX_STRETCH), budget, clock);
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

	/**
	 * Requests the given number of keys.
	 * @return the number of those that are due
	 */
	int due(BudgetPace pace, int keys, Duration age) {
		return (int) IntStream.range(0, keys).filter((number) -> isDue(pace, number, age)).count();
	}

	boolean isDue(BudgetPace pace, int number, Duration age) {
		requests.get(number).add();
		return pace.isDue(new Key(number), TTL, age, requests.get(number));
	}

	/**
	 * Counts requests for a key that is fresh.
	 */
	void request(int number, int times) {
		IntStream.range(0, times).forEach((request) -> requests.get(number).add());
	}

	record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
