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

/**
 * Tests of reservations whose shares are replaced: before, half is reserved for research
 * and a fifth for trading.
 */
class ReplacedSharesTests {

	private static final Shares BEFORE = shares(0.5, 0.2, 0);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	private final CallBudget budget = Budgets.of(0, 0, 1000, 0.1, BEFORE, clock);

	@Test
	void unchangedSharesKeepTheirReservations() {
		drain("research", 300);

		budget.replace(shares(0.5, 0.2, 0));

		assertThat(drain("anyone")).isEqualTo(300);
		assertThat(drain("research")).isEqualTo(200);
		assertThat(drain("trading")).isEqualTo(200);
	}

	@Test
	void newShareIsReservedFromUnreservedCalls() {
		budget.replace(shares(0.5, 0.2, 0.1));

		assertThat(drain("anyone")).isEqualTo(200);
		assertThat(drain("lab")).isEqualTo(100);
	}

	@Test
	void newShareTakesNothingReservedForOthers() {
		drain("anyone", 250);

		budget.replace(shares(0.5, 0.2, 0.3));

		assertThat(drain("anyone")).isZero();
		assertThat(drain("research")).isEqualTo(500);
		assertThat(drain("trading")).isEqualTo(200);
		assertThat(drain("lab")).isEqualTo(50);
	}

	@Test
	void largerShareStaysReducedByItsSpentCalls() {
		drain("trading", 150);

		budget.replace(shares(0.5, 0.4, 0));

		assertThat(drain("anyone")).isEqualTo(100);
		assertThat(drain("trading")).isEqualTo(250);
		assertThat(drain("research")).isEqualTo(500);
	}

	@Test
	void smallerShareStaysReducedByItsSpentCalls() {
		drain("research", 150);

		budget.replace(shares(0.2, 0.2, 0));

		assertThat(drain("anyone")).isEqualTo(600);
		assertThat(drain("research")).isEqualTo(50);
		assertThat(drain("trading")).isEqualTo(200);
	}

	@Test
	void spentShareStaysSpentWhenItShrinks() {
		drain("anyone", 300);
		drain("research", 500);

		budget.replace(shares(0.2, 0.2, 0));

		assertThat(drain("research")).isZero();
		assertThat(drain("trading")).isEqualTo(200);
	}

	@Test
	void removedShareIsAvailableToAll() {
		budget.replace(shares(0, 0.2, 0));

		assertThat(drain("anyone")).isEqualTo(800);
		assertThat(drain("research")).isZero();
	}

	@Test
	void nextMonthReservesTheNewShares() {
		drain("anyone", 300);
		budget.replace(shares(0, 0.1, 0.6));
		clock.advance(Duration.ofDays(30));

		assertThat(drain("anyone")).isEqualTo(300);
		assertThat(drain("lab")).isEqualTo(600);
		assertThat(drain("trading")).isEqualTo(100);
	}

	@Test
	void minuteReservesTheNewSharesOfCallsThatAreNotReserved() {
		CallBudget minute = Budgets.of(60, 0, 0, 0.1, BEFORE, clock);
		Budgets.drain(minute, Priority.INTERACTIVE, "anyone");

		minute.replace(shares(0.5, 0.2, 0.3));
		assertThat(Budgets.drain(minute, Priority.INTERACTIVE, "lab")).isZero();
		clock.advance(Duration.ofSeconds(65));

		assertThat(Budgets.drain(minute, Priority.INTERACTIVE, "lab")).isEqualTo(18);
		assertThat(Budgets.drain(minute, Priority.INTERACTIVE, "trading")).isEqualTo(12);
		assertThat(Budgets.drain(minute, Priority.INTERACTIVE, "research")).isEqualTo(30);
	}

	// An account that has not used its share can use it, whatever shares are replaced in
	// whatever order.
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void accountWhoseShareStaysTheSameLosesNothing(long seed) {
		Random random = new Random(seed);
		for (int step = 0; step < 1000; step++) {
			clock.advance(Duration.ofMillis(random.nextInt(600_000)));
			budget.replace(shares(0.5, random.nextInt(3) * 0.1, random.nextInt(4) * 0.1));
			String account = List.of("trading", "lab", "anyone").get(random.nextInt(3));
			for (int call = random.nextInt(9); call > 0 && drain(account, 1) > 0; call--) {
				assertThat(budget.snapshot().windows()).allMatch((window) -> window.remaining() >= 0);
			}
		}

		Duration left = Duration.between(clock.instant(), Instant.parse("2026-12-01T00:00:00Z"));
		assertThat(left).isPositive();
		assertThat(drain("research")).isGreaterThanOrEqualTo((int) (500.0 * left.toSeconds() / 30 / 86_400));
	}

	private int drain(String account) {
		return drain(account, Integer.MAX_VALUE);
	}

	private int drain(String account, int most) {
		for (int calls = 0; calls < most; calls++) {
			try {
				Budgets.charge(budget, Priority.INTERACTIVE, account);
			}
			catch (BudgetExhausted refused) {
				return calls;
			}
		}
		return most;
	}

	private static Shares shares(double research, double trading, double lab) {
		return new Shares(Map.of("research", research, "trading", trading, "lab", lab));
	}

}
