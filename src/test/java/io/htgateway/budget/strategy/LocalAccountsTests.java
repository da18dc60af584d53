package io.htgateway.budget.strategy;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Usage;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalAccountsTests {

	private static final Line LINE = new Line("payments", "risk");

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
