package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of reservations for accounts: half for research, a fifth for trading, none for
 * others.
 */
class SharesTests {

	private static final Shares SHARES = new Shares(Map.of("research", 0.5, "trading", 0.2));

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	@Test
	void accountThatSpendsAllItCanLeavesOthersTheirShares() {
		CallBudget budget = month(1000);

		assertThat(drain(budget, "trading")).isEqualTo(500);
		assertThat(drain(budget, "anyone")).isZero();
		assertThat(drain(budget, "research")).isEqualTo(500);
	}

	@Test
	void accountWithoutShareGetsTheUnreservedCalls() {
		CallBudget budget = month(1000);

		assertThat(drain(budget, "anyone")).isEqualTo(300);
		assertThat(drain(budget, "trading")).isEqualTo(200);
		assertThat(drain(budget, "research")).isEqualTo(500);
	}

	@Test
	void unusedReservationsGoToAnyAccountAsTimePasses() {
		CallBudget budget = month(1000);
		drain(budget, "trading");

		clock.advance(Duration.ofDays(15));
		assertThat(drain(budget, "trading")).isEqualTo(250);
		clock.advance(Duration.ofDays(15).minusMillis(1));
		assertThat(drain(budget, "trading")).isEqualTo(250);
	}

	@Test
	void refusalHasTheTimeOfTheNextPossibleCall() {
		CallBudget budget = month(1000);
		drain(budget, "trading");

		BudgetExhausted refused = refusal(budget, "trading");

		assertThat(refused.isOfShare()).isTrue();
		assertThat(refused.window()).isEqualTo("month");
		assertThat(refused.getMessage()).isEqualTo("the team's share of the upstream calls for this month is spent");
		clock.advance(refused.retryAfter().minusMillis(2));
		assertThat(drain(budget, "trading")).isZero();
		clock.advance(Duration.ofMillis(2));
		assertThat(drain(budget, "trading")).isEqualTo(1);
	}

	@Test
	void refusalWhenAllIsSpentAppliesToAllAccounts() {
		CallBudget budget = month(1000);
		drain(budget, "trading");
		drain(budget, "research");

		assertThat(refusal(budget, "research").isOfShare()).isFalse();
		assertThat(refusal(budget, "research").retryAfter()).isEqualTo(Duration.ofDays(30));
	}

	@Test
	void nextMonthReservesAllSharesAgain() {
		CallBudget budget = month(1000);
		drain(budget, "trading");

		clock.advance(Duration.ofDays(30));

		assertThat(drain(budget, "trading")).isEqualTo(500);
		assertThat(drain(budget, "research")).isEqualTo(500);
	}

	@Test
	void minuteLeavesOthersTheirShares() {
		CallBudget budget = Budgets.of(60, 0, 0, 0.1, SHARES, clock);

		assertThat(drain(budget, "trading")).isEqualTo(30);
		assertThat(drain(budget, "research")).isEqualTo(30);
	}

	@Test
	void minuteGivesBackItsPartToTheOnlyAccount() {
		CallBudget budget = Budgets.of(60, 0, 0, 0.1, SHARES, clock);
		drain(budget, "trading");

		clock.advance(Duration.ofSeconds(63));

		assertThat(drain(budget, "trading")).isEqualTo(30);
	}

	@Test
	void minuteGivesBackToEachAccountWhatItHasUsed() {
		CallBudget budget = Budgets.of(60, 0, 0, 0.1, SHARES, clock);
		drain(budget, "trading");
		drain(budget, "research");
		int research = 0;
		int anyone = 0;

		for (int second = 0; second < 630; second++) {
			clock.advance(Duration.ofSeconds(1));
			anyone += drain(budget, "anyone");
			research += drain(budget, "research");
		}

		assertThat(research).isEqualTo(300);
		assertThat(anyone).isEqualTo(180);
		assertThat(drain(budget, "trading")).isEqualTo(12);
	}

	@ParameterizedTest
	@ValueSource(strings = { "trading", "anyone" })
	void refusalOfTheMinuteHasNoTooShortTime(String account) {
		CallBudget budget = Budgets.of(60, 0, 0, 0.1, SHARES, clock);
		drain(budget, "trading");

		BudgetExhausted refused = refusal(budget, account);

		assertThat(refused.window()).isEqualTo("minute");
		assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(65));
		clock.advance(refused.retryAfter());
		assertThat(drain(budget, account)).isPositive();
	}

	// An account that has not used its share can use it, whatever calls others make in
	// whatever order.
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void everyAccountCanAlwaysMakeItsReservedCalls(long seed) {
		Random random = new Random(seed);
		CallBudget budget = Budgets.of(60, 0, 5000, 0.1, new Shares(Map.of("a", 0.3, "b", 0.3, "c", 0.4)), clock);
		for (int step = 0; step < 2000; step++) {
			clock.advance(Duration.ofMillis(random.nextInt(60_000)));
			String account = List.of("a", "b", "anyone").get(random.nextInt(3));
			for (int call = random.nextInt(5); call > 0 && spends(budget, account); call--) {
				assertThat(budget.snapshot().windows()).allMatch((window) -> window.remaining() >= 0);
			}
		}

		assertThat(drain(budget, "c")).isGreaterThanOrEqualTo(16);
	}

	// Fractions of shrinking reservations must not add up to calls that are taken from
	// others.
	@Test
	void accountThatTakesEveryFreedCallTakesNoReservedOne() {
		CallBudget budget = Budgets.of(0, 20, 0, 0.1, SHARES, clock);
		drain(budget, "research", 1);
		int anyone = drain(budget, "anyone");
		for (int minute = 0; minute < 26; minute++) {
			clock.advance(Duration.ofMinutes(1));
			anyone += drain(budget, "anyone");
		}

		assertThat(anyone).isEqualTo(6);
		assertThat(drain(budget, "trading")).isGreaterThanOrEqualTo(3);
		assertThat(drain(budget, "research")).isEqualTo(9);
	}

	@Test
	void restartReservesNoMoreThanIsLeft() {
		LocalBudget first = month(1000);
		drain(first, "trading");
		drain(first, "research", 400);
		LocalBudget second = month(1000);

		second.state().restore(first.state().spend().completed());

		int trading = drain(second, "trading");
		int research = drain(second, "research");
		assertThat(trading + research).isBetween(99, 100);
		assertThat(research).isGreaterThanOrEqualTo(50);
	}

	private LocalBudget month(long calls) {
		return Budgets.of(0, 0, calls, 0.1, SHARES, clock);
	}

	private static void drain(CallBudget budget, String account, int calls) {
		for (int call = 0; call < calls; call++) {
			Budgets.charge(budget, Priority.INTERACTIVE, account);
		}
	}

	private static int drain(CallBudget budget, String account) {
		return Budgets.drain(budget, Priority.INTERACTIVE, account);
	}

	private static boolean spends(CallBudget budget, String account) {
		try {
			Budgets.charge(budget, Priority.INTERACTIVE, account);
			return true;
		}
		catch (BudgetExhausted refused) {
			return false;
		}
	}

	private static BudgetExhausted refusal(CallBudget budget, String account) {
		return catchThrowableOfType(BudgetExhausted.class, () -> Budgets.charge(budget, Priority.INTERACTIVE, account));
	}

}
