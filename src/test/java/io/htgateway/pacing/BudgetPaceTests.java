package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.cache.CacheKey;
import io.htgateway.testing.MutableClock;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetPace}.
 */
class BudgetPaceTests {

	private static final Duration TTL = Duration.ofMinutes(5);

	private static final Duration MAX_TTL = Duration.ofMinutes(30);

	private static final Duration MONTH = Duration.ofDays(30);

	// What 36 keys take at five minutes.
	private static final int DEMAND = 36 * 12 * 24 * 30;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	@Test
	void lifetimeWhenBudgetSufficesIsTheConfiguredOne() {
		BudgetPace pace = pace(Budgets.of(0, 0, 2 * DEMAND, clock));

		load(pace, 36);

		assertThat(load(pace, 36)).containsOnly(TTL);
		assertThat(pace.stretch()).isEqualTo(1);
		clock.advance(TTL);
		assertThat(due(pace, 36, TTL)).isEqualTo(36);
	}

	// The budget answers nobody while the first of many is at work.
	@Test
	void isDueWhileAnotherThreadWorksOutTheStretchWaitsForNothing() throws Exception {
		CountDownLatch atWork = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		AtomicInteger readings = new AtomicInteger(-1);
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, () -> {
			if (readings.get() >= 0) {
				readings.incrementAndGet();
				atWork.countDown();
				awaitEnd(end);
			}
			return clock.instant();
		}));
		load(pace, 36);
		assertThat(pace.stretch()).isGreaterThan(3);
		readings.set(0);
		clock.advance(MAX_TTL);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Boolean> first = threads.submit(() -> pace.isDue(new Key(0), TTL, MAX_TTL));
			atWork.await();
			int before = readings.get();
			List<Future<Boolean>> others = IntStream.range(1, 20)
				.mapToObj((key) -> threads.submit(() -> pace.isDue(new Key(key), TTL, MAX_TTL)))
				.toList();
			try {
				for (Future<Boolean> other : others) {
					assertThat(other).succeedsWithin(Duration.ofSeconds(20));
				}
				assertThat(readings).hasValue(before);
			}
			finally {
				end.countDown();
			}
			assertThat(first).succeedsWithin(Duration.ofSeconds(20));
		}
	}

	@Test
	void stretchIsDemandOverWhatIsLeftWithoutTheReserve() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));

		load(pace, 36);

		assertThat(pace.stretch()).isCloseTo(3 / 0.9, Offset.offset(0.01));
	}

	@Test
	void lifetimeWhenStretchedIsSpreadAroundItAndThenKeepsIt() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));
		load(pace, 36);
		askFor(pace, Duration.ofHours(3));
		List<Duration> spread = load(pace, 36);
		askFor(pace, Duration.ofSeconds(1000));

		List<Duration> even = load(pace, 36);

		assertThat(spread).allSatisfy((lifetime) -> assertThat(lifetime.toSeconds()).isBetween(600L, 1400L));
		assertThat(Set.copyOf(spread)).hasSizeGreaterThan(30);
		assertThat(even).filteredOn((lifetime) -> Math.abs(lifetime.toSeconds() - 1000) <= 10)
			.hasSizeGreaterThanOrEqualTo(20);
	}

	@Test
	void lifetimeWhenStretchIsLargeIsNoLongerThanTheLargestAllowed() {
		BudgetPace pace = pace(Budgets.of(0, 100, 0, clock));
		load(pace, 36);

		assertThat(load(pace, 36)).containsOnly(MAX_TTL);
		assertThat(pace.stretch()).isGreaterThan(100);
	}

	@Test
	void lifetimeWhenConfiguredIsLongerThanLargestAllowedStaysAsConfigured() {
		BudgetPace pace = pace(Budgets.of(0, 100, 0, clock));
		load(pace, 36);

		assertThat(pace.lifetime(new Key(0), Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
	}

	@Test
	void isDueWhenYoungerThanItsTurnIsNot() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 10, clock));
		load(pace, 36);
		askFor(pace, MAX_TTL);

		// The stretch is 11, so the earliest turn is more than half of 11 times 5
		// minutes.
		assertThat(due(pace, 36, MAX_TTL)).isLessThan(18);
	}

	@Test
	void isDueWhenAllAreLateLetsNoMoreThanOneRoundThrough() {
		CallBudget budget = Budgets.of(0, 0, DEMAND / 10, clock);
		BudgetPace pace = pace(budget);
		load(pace, 36);
		askFor(pace, Duration.ofHours(10));

		int due = 0;
		for (int round = 0; round < 10; round++) {
			due += due(pace, 36, Duration.ofHours(10));
		}

		assertThat(due).isLessThanOrEqualTo(36).isPositive();
	}

	@Test
	void isDueWhenLoadsWereRefusedWithoutCallIsDueAgain() {
		CallBudget budget = Budgets.of(0, 0, DEMAND / 10, clock);
		BudgetPace pace = pace(budget);
		load(pace, 36);
		askFor(pace, Duration.ofHours(10));
		int first = due(pace, 36, Duration.ofHours(10));
		clock.advance(Duration.ofSeconds(2));

		assertThat(due(pace, 36, Duration.ofHours(10))).isEqualTo(first).isEqualTo(36);
	}

	@Test
	void isDueWhenLoadsWereChargedWaitsForMoreToComeIn() {
		CallBudget budget = Budgets.of(0, 0, DEMAND / 10, clock);
		BudgetPace pace = pace(budget);
		load(pace, 36);
		askFor(pace, Duration.ofHours(10));
		int charged = due(pace, 36, Duration.ofHours(10));
		IntStream.range(0, charged).forEach((call) -> Budgets.charge(budget, Priority.REFRESH, "anyone"));
		clock.advance(Duration.ofSeconds(2));

		assertThat(charged).isEqualTo(36);
		assertThat(due(pace, 36, Duration.ofHours(10))).isZero();
		clock.advance(Duration.ofSeconds(100));
		assertThat(due(pace, 36, Duration.ofHours(10))).isEqualTo(1);
	}

	@RepeatedTest(10)
	void isDueWhenManyAskAtOnceLetsNoMoreThanOneRoundThrough() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 10, clock));
		load(pace, 36);
		askFor(pace, Duration.ofHours(10));

		int due = IntStream.range(0, 100).parallel().map((caller) -> due(pace, 36, Duration.ofHours(10))).sum();

		assertThat(due).isEqualTo(36);
	}

	@Test
	void stretchWhenKeysAreNotAskedForAnyMoreShrinks() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));
		load(pace, 36);
		clock.advance(Duration.ofMinutes(61));

		load(pace, 9);

		assertThat(pace.stretch()).isEqualTo(1);
	}

	@Test
	void stretchWhenNobodyAsksForAnythingAnyMoreIsNone() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));
		load(pace, 36);
		assertThat(pace.stretch()).isGreaterThan(3);

		clock.advance(Duration.ofHours(2));

		assertThat(pace.stretch()).isEqualTo(1);
	}

	@Test
	void stretchWhenOtherCallsAreMadeGrowsBeforeTheyUseTheMonthUp() {
		CallBudget budget = Budgets.of(0, 0, DEMAND, clock);
		BudgetPace pace = pace(budget);
		load(pace, 36);
		double before = pace.stretch();
		for (int hour = 0; hour < 48; hour++) {
			IntStream.range(0, DEMAND / 2 / 720)
				.forEach((call) -> Budgets.charge(budget, Priority.INTERACTIVE, "anyone"));
			clock.advance(Duration.ofHours(1));
			load(pace, 36);
		}

		assertThat(before).isCloseTo(1 / 0.9, Offset.offset(0.01));
		assertThat(pace.stretch()).isBetween(1.5, 2.0);
	}

	@Test
	void stretchWhenMonthIsSpentIsLargeAndFiniteUntilTheNext() {
		CallBudget budget = Budgets.of(0, 0, 100, clock);
		BudgetPace pace = pace(budget);
		load(pace, 36);
		Budgets.drain(budget, Priority.INTERACTIVE);
		askFor(pace, Duration.ofMinutes(5));

		assertThat(due(pace, 36, Duration.ofHours(10))).isZero();
		assertThat(pace.stretch()).isEqualTo(100_000);
		clock.advance(MONTH);
		load(pace, 36);
		assertThat(pace.stretch()).isLessThan(5_000);
	}

	private BudgetPace pace(CallBudget budget) {
		return new BudgetPace(new PacingProperties(true, MAX_TTL), budget, clock);
	}

	private List<Duration> load(BudgetPace pace, int keys) {
		List<Duration> lifetimes = IntStream.range(0, keys)
			.mapToObj((number) -> pace.lifetime(new Key(number), TTL))
			.toList();
		clock.advance(Duration.ofSeconds(1));
		pace.lifetime(new Key(0), TTL);
		return lifetimes;
	}

	private void askFor(BudgetPace pace, Duration time) {
		for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end);) {
			clock.advance(Duration.ofSeconds(10));
			due(pace, 36, TTL);
		}
	}

	private static int due(BudgetPace pace, int keys, Duration age) {
		return (int) IntStream.range(0, keys).filter((number) -> pace.isDue(new Key(number), TTL, age)).count();
	}

	private static void awaitEnd(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException interrupted) {
			throw new IllegalStateException(interrupted);
		}
	}

	private record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
