package io.htgateway.budget.elsewhere;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Correction;
import io.htgateway.budget.Plan;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.LocalBudget;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests how a budget counts calls of others when an operator enters the number of all
 * calls.
 */
class CorrectedBudgetTests {

	private static final long LIMIT = 30_000;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	private final CallBudget budget = Budgets.of(0, 0, LIMIT, clock);

	@Test
	void callsThatTheGatewayDoesNotCountAreThoseOfOthers() {
		Budgets.drain(budget, Priority.INTERACTIVE, 10);
		clock.advance(Duration.ofDays(15));

		Correction correction = correct(6_010);

		assertThat(correction).isEqualTo(new Correction("month", LIMIT, 10, 0, 6_000, 6_000, 23_990));
		assertThat(month().elsewhere()).isEqualTo(6_000);
		assertThat(month().used()).isEqualTo(10);
		assertThat(month().remaining()).isEqualTo(23_990);
	}

	@Test
	void refreshesLeaveWhatOthersAreExpectedToSpend() {
		clock.advance(Duration.ofDays(15));
		double before = budget.snapshot().refreshRate();

		correct(6_000);

		// Of 28,500 without the reserve, 6,000 are spent and 6,000 expected.
		assertThat(budget.snapshot().refreshRate() / before).isCloseTo(16_500 / 28_500.0, within(1e-6));
		assertThat(budget.snapshot().projectedSpend()).isEqualTo(12_000);
		assertThat(Budgets.drain(budget, Priority.REFRESH)).isEqualTo(16_500);
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(7_500);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1000, 2900", "5, 1000, 2500", "10, 1000, 2000", "20, 1000, 500", "29, 3000, 104", "1, 20000, 5000",
			"15, 30000, 0" })
	void othersAreExpectedToGoOnWithinBounds(int day, long used, long expected) {
		clock.advance(Duration.ofDays(day));

		assertThat(correct(used).expectedElsewhere()).isEqualTo(expected);
	}

	@Test
	void othersWhoStoppedAreNotExpectedToGoOn() {
		clock.advance(Duration.ofDays(10));
		assertThat(correct(3_000).expectedElsewhere()).isEqualTo(6_000);
		clock.advance(Duration.ofHours(23));
		assertThat(correct(3_000).expectedElsewhere()).isEqualTo(5_213);
		clock.advance(Duration.ofDays(1));

		assertThat(correct(3_000).expectedElsewhere()).isZero();
		clock.advance(Duration.ofDays(4).plusHours(1));
		assertThat(correct(3_300).expectedElsewhere()).isEqualTo(1_040);
	}

	@Test
	void laterNumberReplacesTheEarlierOne() {
		clock.advance(Duration.ofDays(10));
		correct(9_000);

		assertThat(correct(4_000).elsewhere()).isEqualTo(4_000);
		assertThat(correct(0).elsewhere()).isZero();
		assertThat(month().remaining()).isEqualTo(LIMIT);
	}

	@Test
	void numberBelowTheGatewaysCountNeverLowersThat() {
		Budgets.drain(budget, Priority.INTERACTIVE, 500);

		assertThat(correct(100)).satisfies((correction) -> {
			assertThat(correction.elsewhere()).isZero();
			assertThat(correction.counted()).isEqualTo(500);
			assertThat(correction.remaining()).isEqualTo(LIMIT - 500);
		});
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(29_500);
	}

	@Test
	void numberTakesBackWhatA429HadTaken() {
		clock.advance(Duration.ofDays(25));
		CallBudget later = Budgets.of(0, 0, LIMIT, clock);
		later.rateLimited(Duration.ofDays(5));
		assertThatThrownBy(() -> Budgets.charge(later, Priority.INTERACTIVE, "anyone"))
			.isInstanceOf(BudgetExhausted.class);

		Objects.requireNonNull(later.correct("month", 1_000).block());

		assertThat(Budgets.drain(later, Priority.INTERACTIVE)).isEqualTo(5_000);
	}

	@Test
	void a429TakesWhatOthersWereExpectedToSpend() {
		clock.advance(Duration.ofDays(15));
		correct(6_000);
		clock.advance(Duration.ofDays(3));

		budget.rateLimited(Duration.ofHours(1));

		// A tenth of 24,000.
		assertThat(month().elsewhere()).isEqualTo(8_400);
		assertThat(Budgets.drain(budget, Priority.REFRESH)).isEqualTo(30_000 - 8_400 - 3_600 - 1_200);
	}

	@Test
	void numberWithReplicasThatCountApartIsDivided() {
		LocalBudget third = new LocalBudget(
				new BudgetProperties(Plan.CUSTOM, null, null, LIMIT, 1, 3, 0.1, null, true, Duration.ofSeconds(2)),
				Shares.NONE, clock);

		assertThat(Objects.requireNonNull(third.correct("month", 10_000).block()).elsewhere()).isEqualTo(3_334);
	}

	@Test
	void windowThatThePlanDoesNotLimitIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> budget.correct("day", 1).block())
			.withMessage("the plan does not limit the day");
	}

	private Correction correct(long used) {
		return Objects.requireNonNull(budget.correct("month", used).block());
	}

	private BudgetSnapshot.Window month() {
		return budget.snapshot().windows().getLast();
	}

}
