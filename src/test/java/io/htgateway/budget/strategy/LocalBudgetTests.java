package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@link LocalBudget}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocalBudgetTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	@Test
	void chargeWhenMonthIsSpentIsRefusedUntilTheNextMonth() {
		CallBudget budget = Budgets.of(0, 0, 100, clock);

		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(100);

		BudgetExhausted refused = refusal(budget, Priority.INTERACTIVE);
		assertThat(refused.window()).isEqualTo("month");
		assertThat(refused.retryAfter()).isEqualTo(Duration.ofDays(30));
		assertThat(refused.getStackTrace()).isEmpty();
	}

	@Test
	void chargeWhenWindowEndsHasAllCallsOfTheNext() {
		CallBudget budget = Budgets.of(0, 10, 100, clock);

		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(10);
		clock.advance(Duration.ofDays(1).minusMillis(1));
		assertThat(refusal(budget, Priority.INTERACTIVE).window()).isEqualTo("day");
		assertThat(refusal(budget, Priority.INTERACTIVE).retryAfter()).isEqualTo(Duration.ofMillis(1));
		clock.advance(Duration.ofMillis(1));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(10);
	}

	@Test
	void chargeWhenTwoWindowsAreSpentIsRefusedUntilTheLastOfThemHasCallsAgain() {
		CallBudget budget = Budgets.of(15, 10, 10, clock);
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(10);

		BudgetExhausted refused = refusal(budget, Priority.INTERACTIVE);

		assertThat(refused.window()).isEqualTo("month");
		assertThat(refused.retryAfter()).isEqualTo(Duration.ofDays(30));
	}

	@Test
	void releaseGivesBackOneCallOfEveryWindow() {
		CallBudget budget = Budgets.of(60, 100, 1000, clock);
		BudgetSnapshot untouched = budget.snapshot();

		budget.release(Budgets.charge(budget, Priority.REFRESH, "anyone"));
		budget.release(Budgets.charge(budget, Priority.INTERACTIVE, "anyone"));

		assertThat(budget.snapshot()).isEqualTo(untouched);
	}

	@Test
	void releaseWhenNextDayHasBegunAddsNoCallToIt() {
		CallBudget budget = Budgets.of(0, 10, 1000, clock);
		clock.advance(Duration.ofDays(1).minusMillis(1));
		CallBudget.Charge charge = Budgets.charge(budget, Priority.INTERACTIVE, "anyone");
		clock.advance(Duration.ofMillis(1));
		Budgets.charge(budget, Priority.INTERACTIVE, "anyone");

		budget.release(charge);

		assertThat(budget.snapshot().windows()).extracting(BudgetSnapshot.Window::used).containsExactly(1L, 1L);
	}

	@Test
	void obstacleWhenMinuteIsSpentHasTheTimeOfTheNextCall() {
		CallBudget budget = Budgets.of(60, 0, 1000, clock);
		assertThat(budget.obstacle()).isEmpty();

		Budgets.drain(budget, Priority.INTERACTIVE);

		assertThat(budget.obstacle()).hasValueSatisfying((refused) -> {
			assertThat(refused.window()).isEqualTo("minute");
			assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(63));
		});
		assertThat(budget.snapshot().windows().getLast().used()).isEqualTo(60);
	}

	@Test
	void chargeWhenRefusedByOneWindowTakesNothingFromAnother() {
		CallBudget budget = Budgets.of(3, 0, 100, clock);
		Budgets.drain(budget, Priority.INTERACTIVE);

		for (int call = 0; call < 50; call++) {
			assertThat(refusal(budget, Priority.INTERACTIVE).window()).isEqualTo("minute");
		}

		assertThat(budget.snapshot().windows().getLast().used()).isEqualTo(3);
	}

	@Test
	void chargeWhenRefreshesReachReserveLeavesItToInteractiveCalls() {
		CallBudget budget = Budgets.of(0, 0, 100, clock);

		assertThat(Budgets.drain(budget, Priority.REFRESH)).isEqualTo(90);
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(10);
	}

	@Test
	void chargeWhenReserveShrinksGrantsRefreshesOneByOne() {
		CallBudget budget = Budgets.of(0, 0, 100, clock);
		Budgets.drain(budget, Priority.REFRESH);
		Duration wait = refusal(budget, Priority.REFRESH).retryAfter();

		assertThat(wait).isEqualTo(Duration.ofHours(36).plusMillis(1));
		clock.advance(wait.minusMillis(2));
		assertThat(Budgets.drain(budget, Priority.REFRESH)).isZero();
		clock.advance(Duration.ofMillis(2));
		assertThat(Budgets.drain(budget, Priority.REFRESH)).isEqualTo(1);
		clock.advance(Duration.ofDays(28));
		assertThat(Budgets.drain(budget, Priority.REFRESH)).isEqualTo(9);
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
	}

	@Test
	void chargeWhenClockJumpsBackToEarlierMonthBringsNoCalls() {
		CallBudget budget = Budgets.of(0, 0, 100, clock);
		Budgets.drain(budget, Priority.INTERACTIVE);

		clock.advance(Duration.ofDays(-20));

		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
	}

	@Test
	void startInTheMiddleOfAMonthAssumesAnEvenSpend() {
		clock.advance(Duration.ofDays(15));

		assertThat(Budgets.drain(Budgets.of(0, 0, 100, clock), Priority.INTERACTIVE)).isEqualTo(50);
	}

	@RepeatedTest(10)
	void chargeWhenAThousandThreadsChargeNeverAllowsMoreThanTheLimit() throws Exception {
		CallBudget budget = Budgets.of(600, 300, 250, clock);
		AtomicInteger charged = new AtomicInteger();
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int thread = 0; thread < 1_000; thread++) {
				Priority priority = (thread % 2 == 0) ? Priority.INTERACTIVE : Priority.REFRESH;
				threads.execute(() -> {
					await(start);
					charged.addAndGet(charged(budget, priority));
				});
			}
			start.countDown();
		}

		assertThat(charged).hasValue(250);
		assertThat(budget.snapshot().interactiveCalls() + budget.snapshot().refreshCalls()).isEqualTo(250);
	}

	@Test
	void chargeWhenWindowIsSpentLogsItOnceInEachPeriod(CapturedOutput output) {
		CallBudget budget = Budgets.of(0, 10, 0, clock);
		Budgets.drain(budget, Priority.REFRESH);
		assertThat(output).doesNotContain("Budget");

		for (int request = 0; request < 20; request++) {
			Budgets.drain(budget, Priority.INTERACTIVE);
		}
		assertThat(output).containsOnlyOnce("Budget is spent: window=day limit=10 until=2026-11-02T00:00:00Z");
		clock.advance(Duration.ofDays(1));
		Budgets.drain(budget, Priority.INTERACTIVE);
		assertThat(output).containsOnlyOnce("Budget is spent: window=day limit=10 until=2026-11-03T00:00:00Z");
	}

	@Test
	void refreshRateIsSustainableInEveryWindow() {
		CallBudget month = Budgets.of(60, 0, 30_000, clock);
		CallBudget day = Budgets.of(60, 100, 30_000, clock);
		CallBudget minute = Budgets.of(60, 0, 0, clock);

		assertThat(month.snapshot().refreshRate() * 86_400).isBetween(899.9, 900.1);
		assertThat(day.snapshot().refreshRate() * 86_400).isBetween(89.9, 90.1);
		assertThat(minute.snapshot().refreshRate() * 63).isBetween(53.9, 54.1);
	}

	private static int charged(CallBudget budget, Priority priority) {
		try {
			Budgets.charge(budget, priority, "anyone");
			return 1;
		}
		catch (BudgetExhausted refused) {
			return 0;
		}
	}

	private static void await(CountDownLatch start) {
		try {
			start.await();
		}
		catch (InterruptedException interrupted) {
			throw new IllegalStateException(interrupted);
		}
	}

	private static BudgetExhausted refusal(CallBudget budget, Priority priority) {
		return catchThrowableOfType(BudgetExhausted.class, () -> Budgets.charge(budget, priority, "anyone"));
	}

}
