package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import reactor.core.publisher.Mono;

/**
 * A month of 30 days in virtual time: teams that request the same 36 keys again and
 * again, the real cache, budget and pace, and an upstream that counts its own windows.
 * <p>
 * Teams that send a request in the same step get the same response, so one request stands
 * for all of them. While a response is fresh, no request can change it or its effect: its
 * age is added up without a request.
 */
final class SimulatedMonth {

	static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

	static final Duration LENGTH = Duration.ofDays(30);

	static final Duration TTL = Duration.ofMinutes(5);

	static final int KEYS = 16 + 20;

	private static final CachePolicy POLICY = new CachePolicy(TTL, Duration.ofMinutes(10), Duration.ofHours(24),
			Duration.ofSeconds(22), (failure) -> LoadFailure.REFUSED);

	private final MutableClock clock;

	private final ResponseCache cache;

	private final Pace pace;

	private final CallBudget budget;

	private final CountingUpstream upstream;

	private final Duration step;

	private final List<KeyState> keys = IntStream.range(0, KEYS).mapToObj(KeyState::new).toList();

	private final List<Day> days = new ArrayList<>();

	private double ageSum;

	private long answers;

	private long coldFailures;

	private long warmFailures;

	private double maxAge;

	SimulatedMonth(BeanFactory gateway, SimulatedPlan plan) {
		this.clock = gateway.getBean(MutableClock.class);
		this.cache = gateway.getBean(ResponseCache.class);
		this.pace = gateway.getBean(Pace.class);
		this.budget = gateway.getBean(CallBudget.class);
		this.upstream = plan.upstream();
		this.step = plan.step();
	}

	Outcome run() {
		for (int day = 0; day < LENGTH.toDays(); day++) {
			days.add(day());
		}
		return new Outcome(upstream.calls(), upstream.refusals(), ageSum / answers, maxAge, coldFailures, warmFailures,
				List.copyOf(days));
	}

	private Day day() {
		double ageBefore = ageSum;
		long answersBefore = answers;
		double stretches = 0;
		long steps = Duration.ofDays(1).dividedBy(step);
		for (long number = 0; number < steps; number++) {
			Instant now = clock.instant();
			keys.forEach((key) -> count(key, now));
			stretches += pace.stretch();
			clock.advance(step);
		}
		return new Day((ageSum - ageBefore) / (answers - answersBefore), upstream.calls(), stretches / steps);
	}

	private void count(KeyState key, Instant now) {
		CacheResult last = key.last;
		if (last == null || !now.isBefore(key.freshUntil)) {
			last = request(key, now);
		}
		if (last != null) {
			double age = (now.toEpochMilli() - key.fetchedAt) / 1000.0;
			ageSum += age;
			maxAge = Math.max(maxAge, age);
			answers++;
		}
	}

	private @Nullable CacheResult request(KeyState key, Instant now) {
		try {
			CacheResult result = cache.get(key.key, POLICY, Reach.LOAD, this::load).blockOptional().orElseThrow();
			key.last = result;
			key.freshUntil = now.plus(result.ttl());
			key.fetchedAt = result.response().origin().fetchedAt().toEpochMilli();
			return result;
		}
		catch (RuntimeException failure) {
			if (key.last == null) {
				coldFailures++;
			}
			else {
				warmFailures++;
			}
			return null;
		}
	}

	private Mono<Loader.Loaded> load(@Nullable CachedResponse previous) {
		return Mono.fromCallable(() -> {
			Budgets.charge(budget, (previous != null) ? Priority.REFRESH : Priority.INTERACTIVE, "anyone");
			upstream.call(clock.instant());
			return Loader.Loaded
				.fetched(CachedResponse.of(new byte[0], "x/y", Origin.of(clock.instant(), Duration.ZERO)));
		});
	}

	/**
	 * The result of a month.
	 */
	record Outcome(long calls, long refusals, double meanAge, double maxAge, long coldFailures, long warmFailures,
			List<Day> days) {
	}

	/**
	 * One day of a month: mean age of the responses, calls until its end, mean stretch.
	 */
	record Day(double meanAge, long calls, double stretch) {
	}

	private static final class KeyState {

		private final CacheKey key;

		private @Nullable CacheResult last;

		private Instant freshUntil = Instant.MIN;

		private long fetchedAt;

		KeyState(int number) {
			this.key = new Key(number);
		}

	}

	private record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
