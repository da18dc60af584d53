package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.share.Share;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.share.WindowShares;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the calls of one account, and of those that are guaranteed to it: half of them
 * to research, a quarter to trading.
 */
class AccountUseTests {

	private static final Shares SHARES = new Shares(Map.of("research", 0.5, "trading", 0.25));

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	private final LocalBudget budget = budget();

	private LocalBudget budget() {
		return Budgets.of(8, 20, 400, 0.1, SHARES, clock);
	}

	@Test
	void useHasTheCallsOfTheAccountInEachWindow() {
		charge("research", 2);
		charge("lab", 1);

		assertThat(use(budget, "research")).containsExactly(
				new AccountUse("minute", 8, 4, 2, 3, Instant.parse("2026-11-01T00:01:03Z")),
				new AccountUse("day", 20, 10, 2, 12, Instant.parse("2026-11-02T00:00:00Z")),
				new AccountUse("month", 400, 200, 2, 297, Instant.parse("2026-12-01T00:00:00Z")));
		assertThat(use(budget, "lab")).extracting(AccountUse::share).containsExactly(0L, 0L, 0L);
		assertThat(use(budget, "lab")).extracting(AccountUse::used).containsExactly(1L, 1L, 1L);
	}

	@Test
	void releasedCallIsNotUsed() {
		CallBudget.Charge charge = Budgets.charge(budget, Priority.INTERACTIVE, "lab");

		budget.release(charge);

		assertThat(use(budget, "lab")).extracting(AccountUse::used).containsExactly(0L, 0L, 0L);
	}

	@Test
	void useSurvivesARestartAndEndsWithItsPeriod() {
		charge("research", 3);
		LocalBudget next = budget();
		next.state().restore(budget.state().spend().completed());

		assertThat(use(next, "research").subList(1, 3)).extracting(AccountUse::used).containsExactly(3L, 3L);
		clock.advance(Duration.ofDays(1));
		assertThat(use(next, "research").subList(1, 3)).extracting(AccountUse::used).containsExactly(0L, 3L);
		clock.advance(Duration.ofDays(30));
		assertThat(use(next, "research").subList(1, 3)).extracting(AccountUse::used).containsExactly(0L, 0L);
	}

	@Test
	void shareHasTheReservedCallsOfEachAccount() {
		charge("research", 3);

		assertThat(budget.shares()).containsExactly(
				new WindowShares("minute", Duration.ofSeconds(63), Duration.ofSeconds(63),
						Map.of("research", new Share(4, 1), "trading", new Share(2, 2))),
				new WindowShares("day", Duration.ofDays(1), Duration.ofDays(1),
						Map.of("research", new Share(10, 7), "trading", new Share(5, 5))),
				new WindowShares("month", Duration.ofDays(30), Duration.ofDays(30),
						Map.of("research", new Share(200, 197), "trading", new Share(100, 100))));
	}

	@Test
	void onlyCallOfAMinuteIsForEverybody() {
		LocalBudget small = Budgets.of(1, 0, 0, 0.1, SHARES, clock);

		assertThat(Budgets.charge(small, Priority.INTERACTIVE, "lab")).isNotNull();
		clock.advance(Duration.ofSeconds(63));
		assertThat(Budgets.charge(small, Priority.INTERACTIVE, "research")).isNotNull();
	}

	private void charge(String account, int calls) {
		for (int call = 0; call < calls; call++) {
			Objects.requireNonNull(Budgets.charge(budget, Priority.INTERACTIVE, account));
		}
	}

	private static List<AccountUse> use(LocalBudget budget, String account) {
		return Objects.requireNonNull(budget.use(account).block());
	}

}
