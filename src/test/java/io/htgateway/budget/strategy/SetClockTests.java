package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the budget stays the same on a machine whose clock is set forward or back.
 */
class SetClockTests {

	private static final long LIMIT = 1_000;

	private static final Duration MOMENT = Duration.ofSeconds(2);

	private static final Duration SECOND = Duration.ofSeconds(1);

	// Across the end of a day, a month, a year and a billing month.
	@ParameterizedTest
	@CsvSource({ "2026-11-30T23:59:50Z, PT20S", "2026-11-30T23:59:50Z, PT1H", "2026-11-27T10:00:00Z, P40D",
			"2026-11-27T10:00:00Z, P1096D", "2026-12-31T23:59:00Z, PT2M", "2026-11-27T10:00:00Z, P-40D",
			"2026-11-27T10:00:00Z, P-20000D", "2026-12-01T00:00:05Z, PT-10S", "2027-01-01T00:00:05Z, PT-10S",
			"2026-11-27T10:00:00Z, PT-11H" })
	void usedWhenClockIsSetForAMomentStaysAndNoMoreCallsAreLeft(Instant start, Duration jump) {
		SetClock clock = new SetClock(start);
		CallBudget budget = Budgets.of(0, LIMIT / 10, LIMIT, clock.dates());
		long left = month(budget).remaining();
		int first = Budgets.drain(budget, Priority.INTERACTIVE, 3);
		BudgetSnapshot before = budget.snapshot();

		clock.set(jump);
		assertThat(budget.snapshot().windows()).isEqualTo(before.windows());
		clock.pass(MOMENT);
		int during = Budgets.drain(budget, Priority.INTERACTIVE, 5);
		clock.set(jump.negated());
		clock.pass(SECOND);

		assertThat(Budgets.counted(month(budget))).isEqualTo(Budgets.counted(month(before)) + during);
		assertThat(first + during + Budgets.drain(budget, Priority.INTERACTIVE)).isLessThanOrEqualTo((int) left);
		assertThat(month(budget).resetsAt()).isEqualTo(month(before).resetsAt());
	}

	@ParameterizedTest
	@ValueSource(strings = { "P40D", "P1096D", "P-40D", "P-20000D" })
	void callsWhenClockIsSetForLongAndBackCountInTheMonthThatItReturnsTo(Duration jump) {
		SetClock clock = new SetClock(Instant.parse("2026-11-15T00:00:00Z"));
		CallBudget budget = Budgets.of(0, 0, LIMIT, clock.dates());
		long before = Budgets.counted(month(budget)) + Budgets.drain(budget, Priority.INTERACTIVE, 100);

		clock.setForGood(jump);
		assertThat(month(budget).resetsAt()).isNotEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
		int during = Budgets.drain(budget, Priority.INTERACTIVE, 300);
		clock.setForGood(jump.negated());

		assertThat(Budgets.counted(month(budget))).isEqualTo(before + during);
		assertThat(month(budget).resetsAt()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
		clock.pass(Duration.ofDays(20));
		assertThat(Budgets.counted(month(budget))).isEqualTo(jump.equals(Duration.ofDays(40)) ? during : 0);
	}

	// At 1:30 on the first of December the clock is set back for good to a time before
	// midnight.
	@ParameterizedTest
	@ValueSource(strings = { "PT-2H-30M", "P-3D", "P-9D" })
	void callsOfAPeriodWhenClockIsSetBackCountWhenTimeLeadsThereAgain(Duration jump) {
		SetClock clock = new SetClock(Instant.parse("2026-11-30T23:59:00Z"));
		CallBudget budget = Budgets.of(0, 100, LIMIT, clock.dates());
		budget.snapshot();
		clock.pass(Duration.ofMinutes(91));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(100);

		for (int time = 0; time < 3; time++) {
			clock.setForGood(jump);
			Budgets.drain(budget, Priority.INTERACTIVE, 5);
			passDays(clock, budget, jump.negated());

			assertThat(month(budget).resetsAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
			assertThat(Budgets.counted(month(budget))).isEqualTo(100);
			assertThat(Budgets.counted(budget.snapshot().windows().getFirst())).isEqualTo(100);
			assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
		}
		clock.pass(Duration.ofDays(1));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(100);
	}

	@Test
	void callsOfAPeriodWhenClockIsSetBackTwiceCountWhenTimeLeadsThereAgain() {
		SetClock clock = new SetClock(Instant.parse("2026-12-02T00:10:00Z"));
		CallBudget budget = Budgets.of(0, 100, 0, clock.dates());
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE, 70)).isEqualTo(70);
		clock.setForGood(Duration.ofHours(-1));
		int between = Budgets.drain(budget, Priority.INTERACTIVE, 2);
		clock.setForGood(Duration.ofDays(-1));
		budget.snapshot();

		clock.pass(Duration.ofHours(2));
		assertThat(Budgets.counted(month(budget))).isEqualTo(between).isPositive();
		clock.pass(Duration.ofDays(1));
		assertThat(Budgets.counted(month(budget))).isEqualTo(70);
	}

	@Test
	void periodWhenTimeLeadsThereAfterAJumpThereHasOnlyTheCallsMadeInIt() {
		SetClock clock = new SetClock(Instant.parse("2026-11-15T00:00:00Z"));
		CallBudget budget = Budgets.of(0, 0, LIMIT, clock.dates());
		clock.setForGood(Duration.ofDays(40));
		CallBudget.Charge unsent = Budgets.charge(budget, Priority.INTERACTIVE, "anyone");
		Budgets.drain(budget, Priority.INTERACTIVE, 3);
		budget.release(unsent);
		clock.setForGood(Duration.ofDays(-40));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE, 50)).isEqualTo(50);

		clock.pass(Duration.ofDays(20));

		assertThat(Budgets.counted(month(budget))).isEqualTo(3);
	}

	@Test
	void callsWhenClockIsSetForGoodAreThoseThatAnEvenSpendLeaves() {
		SetClock clock = new SetClock(Instant.parse("1970-01-01T00:00:10Z"));
		CallBudget budget = Budgets.of(0, 0, LIMIT, clock.dates());
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE, 7)).isEqualTo(7);

		clock.setForGood(Duration.between(Instant.EPOCH, Instant.parse("2026-11-16T00:00:00Z")));

		assertThat(Budgets.counted(month(budget))).isBetween(LIMIT / 2, LIMIT / 2 + 1);
		clock.pass(Duration.ofDays(15));
		assertThat(Budgets.counted(month(budget))).isZero();
	}

	@Test
	void dayWhenItIsSpentIsNotOpenedByAMoment() {
		SetClock clock = new SetClock(Instant.parse("2026-11-27T23:00:00Z"));
		CallBudget budget = Budgets.of(0, 100, 0, clock.dates());
		Budgets.drain(budget, Priority.INTERACTIVE);

		for (int time = 0; time < 50; time++) {
			clock.set(Duration.ofDays(1));
			assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
			clock.pass(MOMENT);
			clock.set(Duration.ofDays(-1));
			assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
			clock.pass(SECOND);
		}
		clock.pass(Duration.ofHours(1));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "P40D", "P-40D", "P1096D" })
	void minuteWhenClockIsSetForGoodGetsNoCalls(Duration jump) {
		SetClock clock = new SetClock(Instant.parse("2026-11-02T00:00:00Z"));
		CallBudget budget = Budgets.of(600, 0, 1_000_000, clock.dates());
		Budgets.drain(budget, Priority.INTERACTIVE);
		clock.set(jump);
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();

		clock.pass(Duration.ofSeconds(62));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
		clock.pass(SECOND);

		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(600);
	}

	// However the clock is set, a call counted in a month stays counted in it.
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void monthWhenClockIsSetAtRandomNeverHasMoreCallsThanItsLimit(long seed) {
		Random random = new Random(seed);
		SetClock clock = new SetClock(Instant.parse("2026-11-01T00:00:00Z"));
		CallBudget budget = Budgets.of(0, 0, LIMIT, clock.dates());
		long calls = 0;
		for (int step = 0; step < 200; step++) {
			Duration jump = Duration.ofSeconds(random.nextLong(-100_000_000, 100_000_000));
			clock.set(jump);
			calls += Budgets.drain(budget, Priority.INTERACTIVE, random.nextInt(10));
			clock.pass(Duration.ofSeconds(random.nextInt(59)));
			calls += Budgets.drain(budget, Priority.INTERACTIVE, random.nextInt(10));
			clock.set(jump.negated());
			clock.pass(SECOND);
			calls += Budgets.drain(budget, Priority.INTERACTIVE, random.nextInt(10));

			assertThat(Budgets.counted(month(budget))).isEqualTo(calls).isLessThanOrEqualTo(LIMIT);
		}
		assertThat(calls).isEqualTo(LIMIT);
	}

	// Like the pacing, which reads the budget all the time.
	private static void passDays(SetClock clock, CallBudget budget, Duration time) {
		for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMinutes(30)) {
			clock.pass(Duration.ofMinutes(30));
			budget.snapshot();
		}
	}

	private static BudgetSnapshot.Window month(CallBudget budget) {
		return month(budget.snapshot());
	}

	private static BudgetSnapshot.Window month(BudgetSnapshot snapshot) {
		return snapshot.windows().getLast();
	}

}
