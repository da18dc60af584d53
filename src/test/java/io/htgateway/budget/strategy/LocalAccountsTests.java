package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Usage;
import io.htgateway.budget.window.BudgetState;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalAccountsTests {

	private static final Line LINE = new Line("payments", "risk");

	@Test
	void beginOfTheAccountSurvivesARestart() {
		MutableClock clock = new MutableClock(Instant.parse("2026-11-15T00:00:00Z"));
		BudgetState first = Budgets.of(0, 0, 1000, clock).state();
		clock.advance(Duration.ofDays(2));
		BudgetState second = Budgets.of(0, 0, 1000, clock).state();
		second.restore(first.spend());

		assertThat(since(second)).isEqualTo("2026-11-15T00:00:00Z");
		clock.advance(Duration.ofDays(14));
		assertThat(since(second)).isEqualTo("2026-12-01T00:00:00Z");
		clock.advance(Duration.ofDays(1));
		BudgetState third = Budgets.of(0, 0, 1000, clock).state();
		third.restore(second.spend());
		assertThat(since(third)).isEqualTo("2026-12-01T00:00:00Z");
	}

	private static Instant since(BudgetState state) {
		return Objects.requireNonNull(new LocalAccounts(state).ofTeam("payments", List.of()).block()).since();
	}

	@Test
	void additionThatIsRepeatedCountsOnce() {
		MutableClock clock = new MutableClock(Instant.parse("2026-11-15T00:00:00Z"));
		LocalAccounts accounts = new LocalAccounts(Budgets.of(0, 0, 1000, clock).state());
		Map<Line, Usage> more = Map.of(LINE, new Usage(0, 5, 3, 7));

		accounts.add(1, more).block();
		accounts.add(1, more).block();
		accounts.add(2, more).block();

		Statement statement = Objects.requireNonNull(accounts.statement(accounts.month()).block());
		assertThat(statement.lines()).containsEntry(LINE, new Usage(0, 10, 6, 14));
	}

}
