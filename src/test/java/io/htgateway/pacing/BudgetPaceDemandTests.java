package io.htgateway.pacing;

import java.time.Duration;
import java.util.stream.LongStream;

import io.htgateway.budget.Budgets;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetPace}: intervals by demand.
 */
class BudgetPaceDemandTests extends PacedKeys {

	@Test
	void intervalOfAKeyWithFourTimesTheDemandIsHalf() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 6, clock));
		load(pace, 36);
		requestEvenKeysMore(pace, 4);

		assertThat((double) firstDue(pace, 1)).isCloseTo(2.0 * firstDue(pace, 0), Percentage.withPercentage(5));
	}

	@Test
	void intervalIsNoLongerThanTheMultipleOfTheEqualOne() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 6, clock));
		load(pace, 36);
		double equal = TTL.toSeconds() * pace.stretch();
		requestEvenKeysMore(pace, 100);

		assertThat((double) firstDue(pace, 1)).isCloseTo(MAX_STRETCH * equal, Percentage.withPercentage(5));
	}

	@Test
	void intervalsWhenMaxStretchIsOneAreEqual() {
		BudgetPace pace = new BudgetPace(new PacingProperties(true, MAX_TTL, 1), Budgets.of(0, 0, DEMAND / 6, clock),
				clock);
		load(pace, 36);
		requestEvenKeysMore(pace, 100);

		assertThat((double) firstDue(pace, 1)).isCloseTo((double) firstDue(pace, 0), Percentage.withPercentage(1));
	}

	// Behind an equal load balancer, each of three replicas sees a third of the requests.
	@Test
	void intervalsWhenAReplicaSeesAThirdOfTheDemandAreTheSame() {
		BudgetPace all = pace(Budgets.of(0, 0, DEMAND / 6, clock));
		load(all, 36);
		requestEvenKeysMore(all, 12);
		long even = firstDue(all, 0);
		long odd = firstDue(all, 1);
		BudgetPace third = pace(Budgets.of(0, 0, DEMAND / 6, clock));
		load(third, 36);
		for (int minute = 0; minute < 120; minute++) {
			clock.advance(Duration.ofMinutes(1));
			for (int key = 0; key < 36; key++) {
				if (key % 2 == 0) {
					isDue(third, key, Duration.ZERO);
					request(key, 3);
				}
				else if (minute % 3 == 0) {
					isDue(third, key, Duration.ZERO);
				}
			}
			if (minute % 15 == 0) {
				load(third, 36);
			}
		}

		assertThat((double) firstDue(third, 0)).isCloseTo((double) even, Percentage.withPercentage(10));
		assertThat((double) firstDue(third, 1)).isCloseTo((double) odd, Percentage.withPercentage(10));
	}

	// For two hours, each key is requested once a minute, and each even key more often.
	private void requestEvenKeysMore(BudgetPace pace, int times) {
		for (int minute = 0; minute < 120; minute++) {
			clock.advance(Duration.ofMinutes(1));
			for (int key = 0; key < 36; key++) {
				isDue(pace, key, Duration.ZERO);
				request(key, (key % 2 == 0) ? times - 1 : 0);
			}
			if (minute % 15 == 0) {
				load(pace, 36);
			}
		}
	}

	private long firstDue(BudgetPace pace, int key) {
		return LongStream.range(0, 20_000)
			.filter((seconds) -> isDue(pace, key, Duration.ofSeconds(seconds)))
			.findFirst()
			.orElseThrow();
	}

}
