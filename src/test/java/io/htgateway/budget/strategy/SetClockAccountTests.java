package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Statements;
import io.htgateway.testing.Draw;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the accounts on a machine whose clock is set forward and back.
 */
class SetClockAccountTests {

	private static final int SCHEDULES = 400;

	private static final int STEPS = 40;

	@Test
	void callThatIsReleasedUnderAnotherClockStaysCountedAndEntered() {
		SetClock clock = new SetClock(Instant.parse("2026-11-15T00:00:00Z"));
		LocalBudget budget = Budgets.of(0, 0, 1000, clock.dates());
		clock.setForGood(Duration.ofDays(40));
		CallBudget.Charge charge = Budgets.charge(budget, Priority.INTERACTIVE, "payments");
		clock.setForGood(Duration.ofDays(-40));

		budget.release(charge);
		clock.setForGood(Duration.ofDays(40));

		assertThat(Statements.calls(statement(budget))).containsEntry(new Line("payments", "risk"), 1L);
		assertThat(Statements.sum(statement(budget))).isEqualTo(Statements.spend(budget));
	}

	@Test
	void sumOfTheLinesIsTheSpendOfThePlanUnderAnyClock() {
		int made = 0;
		for (int seed = 0; seed < SCHEDULES; seed++) {
			Draw draw = new Draw(new Random(seed));
			SetClock clock = new SetClock(Instant.parse("2026-11-30T23:00:00Z"));
			LocalBudget budget = Budgets.of(0, 0, 10_000, clock.dates());
			List<CallBudget.Charge> charges = new ArrayList<>();
			for (int step = 0; step < STEPS; step++) {
				switch (draw.below(6)) {
					case 0 -> clock.pass(Duration.ofMinutes(draw.below(100)));
					case 1 -> clock.setForGood(Duration.ofDays(draw.below(80) - 40L));
					case 2 -> release(budget, charges, draw);
					default -> charge(budget, charges, draw);
				}
				Statement statement = statement(budget);
				assertThat(statement.lines().values()).as("seed %s, step %s", seed, step)
					.allMatch((usage) -> usage.calls() > 0);
				assertThat(Statements.sum(statement)).as("seed %s, step %s", seed, step)
					.isEqualTo(Statements.spend(budget));
			}
			made += charges.size();
		}
		assertThat(made).isGreaterThan(SCHEDULES * 5);
	}

	private static void release(LocalBudget budget, List<CallBudget.Charge> charges, Draw draw) {
		if (!charges.isEmpty()) {
			budget.release(charges.remove(draw.below(charges.size())));
		}
	}

	private static void charge(LocalBudget budget, List<CallBudget.Charge> charges, Draw draw) {
		try {
			charges.add(Budgets.charge(budget, Priority.INTERACTIVE, draw.of("a", "b")));
		}
		catch (BudgetExhausted refused) {
			// Nothing is counted.
		}
	}

	private static Statement statement(LocalBudget budget) {
		return budget.state().statement(budget.state().month());
	}

}
