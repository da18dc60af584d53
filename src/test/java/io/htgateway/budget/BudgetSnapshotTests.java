package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetSnapshot}.
 */
class BudgetSnapshotTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	@Test
	void snapshotHasEveryWindow() {
		CallBudget budget = Budgets.of(60, 1000, 30_000, clock);
		clock.advance(Duration.ofHours(12));
		for (int call = 0; call < 20; call++) {
			Budgets.charge(budget, (call < 5) ? Priority.INTERACTIVE : Priority.REFRESH, "anyone");
		}

		BudgetSnapshot snapshot = budget.snapshot();

		assertThat(snapshot.windows()).containsExactly(
				new BudgetSnapshot.Window("minute", 60, 20, 0, 0, 40, clock.instant(), clock.instant().plusSeconds(63)),
				new BudgetSnapshot.Window("day", 1000, 20, 0, 0, 980, clock.instant(),
						Instant.parse("2026-11-02T00:00:00Z")),
				new BudgetSnapshot.Window("month", 30_000, 20, 0, 0, 29_980, clock.instant(),
						Instant.parse("2026-12-01T00:00:00Z")));
		assertThat(snapshot.interactiveCalls()).isEqualTo(5);
		assertThat(snapshot.refreshCalls()).isEqualTo(15);
		assertThat(snapshot.projectedSpend()).isEqualTo(20 + 20 * 59 / 2);
	}

	@Test
	void snapshotWhenWindowsAreSpentHasTheTimeOfTheNextCall() {
		CallBudget budget = Budgets.of(40, 40, 0, clock);
		Budgets.drain(budget, Priority.INTERACTIVE);

		assertThat(budget.snapshot().windows()).extracting(BudgetSnapshot.Window::nextCallAt)
			.containsExactly(clock.instant().plusSeconds(63), Instant.parse("2026-11-02T00:00:00Z"));
	}

}
