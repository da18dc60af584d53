package io.htgateway.pacing;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulates a month of which others spend a fifth.
 */
class SpentElsewhereSimulationTests {

	private static final Map<SharedMonth, MonthTally.Outcome> OUTCOMES = new ConcurrentHashMap<>();

	@BeforeAll
	static void simulate() {
		CompletableFuture
			.allOf(Arrays.stream(SharedMonth.values())
				.map((month) -> CompletableFuture.runAsync(() -> OUTCOMES.put(month, month.run())))
				.toArray(CompletableFuture[]::new))
			.join();
	}

	@ParameterizedTest
	@EnumSource(names = ".*_ENTERED_.*", mode = EnumSource.Mode.MATCH_ALL)
	void monthLastsWithoutA429WhenTheCallsOfOthersAreEntered(SharedMonth month) {
		MonthTally.Outcome outcome = outcome(month);

		assertThat(outcome.refusals()).isZero();
		assertThat(outcome.warmFailures()).isZero();
		for (int day = 1; day < outcome.days().size(); day++) {
			long calls = outcome.days().get(day).calls() - outcome.days().get(day - 1).calls();
			assertThat(calls).as("day %d", day + 1).isGreaterThan(SharedMonth.PER_MONTH / 30 / 5);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BURST_ENTERED_WEEKLY", "STEADY_ENTERED_ONCE" })
	void whatOthersLeaveIsUsed(SharedMonth month) {
		assertThat((double) outcome(month).calls() / (SharedMonth.PER_MONTH - SharedMonth.OTHERS)).isGreaterThan(0.95);
	}

	@Test
	void no429FollowsTheFirstWhenNothingIsEntered() {
		assertThat(outcome(SharedMonth.BURST_UNKNOWN).refusals()).isOne();
		assertThat(outcome(SharedMonth.BURST_UNKNOWN).days().subList(0, 24)).allSatisfy(
				(day) -> assertThat(day.meanAge()).isLessThan(3 * outcome(SharedMonth.BURST_ENTERED_WEEKLY).meanAge()));
		assertThat(outcome(SharedMonth.BURST_UNKNOWN).calls())
			.isEqualTo(SharedMonth.PER_MONTH - SharedMonth.OTHERS + 1);
	}

	private static MonthTally.Outcome outcome(SharedMonth month) {
		return Objects.requireNonNull(OUTCOMES.get(month));
	}

}
