package io.htgateway.pacing;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetPace}: lifetimes and their stretch.
 */
class BudgetPaceTests extends PacedKeys {

	private static final Duration MONTH = Duration.ofDays(30);

	@Test
	void lifetimeWhenBudgetSufficesIsTheConfiguredOne() {
		BudgetPace pace = pace(Budgets.of(0, 0, 2 * DEMAND, clock));

		load(pace, 36);

		assertThat(load(pace, 36)).containsOnly(TTL);
		assertThat(pace.stretch()).isEqualTo(1);
		clock.advance(TTL);
		assertThat(due(pace, 36, TTL)).isEqualTo(36);
	}

	@Test
	void stretchIsDemandOverWhatIsLeftWithoutTheReserve() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));

		load(pace, 36);

		assertThat(pace.stretch()).isCloseTo(3 / 0.9, Offset.offset(0.01));
	}

	@Test
	void lifetimeWhenStretchedIsSpreadAroundItAndThenKeepsIt() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));
		load(pace, 36);
		askFor(pace, Duration.ofHours(3));
		List<Duration> spread = load(pace, 36);
		askFor(pace, Duration.ofSeconds(1000));

		List<Duration> even = load(pace, 36);

		assertThat(spread).allSatisfy((lifetime) -> assertThat(lifetime.toSeconds()).isBetween(600L, 1400L));
		assertThat(Set.copyOf(spread)).hasSizeGreaterThan(30);
		assertThat(even).filteredOn((lifetime) -> Math.abs(lifetime.toSeconds() - 1000) <= 20)
			.hasSizeGreaterThanOrEqualTo(20);
	}

	@Test
	void lifetimeWhenStretchIsLargeIsNoLongerThanTheLargestAllowed() {
		BudgetPace pace = pace(Budgets.of(0, 100, 0, clock));
		load(pace, 36);

		assertThat(load(pace, 36)).containsOnly(MAX_TTL);
		assertThat(pace.stretch()).isGreaterThan(100);
	}

	@Test
	void lifetimeWhenConfiguredIsLongerThanLargestAllowedStaysAsConfigured() {
		BudgetPace pace = pace(Budgets.of(0, 100, 0, clock));
		load(pace, 36);

		assertThat(pace.lifetime(new Key(0), Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
	}

	@Test
	void stretchWhenKeysAreNotAskedForAnyMoreShrinks() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));
		load(pace, 36);
		clock.advance(Duration.ofMinutes(61));

		load(pace, 9);

		assertThat(pace.stretch()).isEqualTo(1);
	}

	@Test
	void stretchWhenNobodyAsksForAnythingAnyMoreIsNone() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 3, clock));
		load(pace, 36);
		assertThat(pace.stretch()).isGreaterThan(3);

		clock.advance(Duration.ofHours(2));

		assertThat(pace.stretch()).isEqualTo(1);
	}

	@Test
	void stretchWhenOtherCallsAreMadeGrowsBeforeTheyUseTheMonthUp() {
		CallBudget budget = Budgets.of(0, 0, DEMAND, clock);
		BudgetPace pace = pace(budget);
		load(pace, 36);
		double before = pace.stretch();
		for (int hour = 0; hour < 48; hour++) {
			IntStream.range(0, DEMAND / 2 / 720)
				.forEach((call) -> Budgets.charge(budget, Priority.INTERACTIVE, "anyone"));
			clock.advance(Duration.ofHours(1));
			load(pace, 36);
		}

		assertThat(before).isCloseTo(1 / 0.9, Offset.offset(0.01));
		assertThat(pace.stretch()).isBetween(1.5, 2.0);
	}

	@Test
	void stretchWhenMonthIsSpentIsLargeAndFiniteUntilTheNext() {
		CallBudget budget = Budgets.of(0, 0, 100, clock);
		BudgetPace pace = pace(budget);
		load(pace, 36);
		Budgets.drain(budget, Priority.INTERACTIVE);
		askFor(pace, Duration.ofMinutes(5));

		assertThat(due(pace, 36, Duration.ofHours(10))).isZero();
		assertThat(pace.stretch()).isEqualTo(100_000);
		clock.advance(MONTH);
		load(pace, 36);
		assertThat(pace.stretch()).isLessThan(5_000);
	}

}
