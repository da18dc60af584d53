package io.htgateway.pacing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetPace}: which stale responses may be refreshed.
 */
class BudgetPaceTurnTests extends PacedKeys {

	// The budget does not answer the first thread until the others have returned.
	@Test
	void isDueWhileAnotherThreadRecomputesTheStretchDoesNotWait() throws Exception {
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
			Future<Boolean> first = threads.submit(() -> isDue(pace, 0, MAX_TTL));
			atWork.await();
			int before = readings.get();
			List<Future<Boolean>> others = IntStream.range(1, 20)
				.mapToObj((key) -> threads.submit(() -> isDue(pace, key, MAX_TTL)))
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

	private static void awaitEnd(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException interrupted) {
			throw new IllegalStateException(interrupted);
		}
	}

}
