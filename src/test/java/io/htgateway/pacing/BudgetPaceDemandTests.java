package io.htgateway.pacing;

import java.time.Duration;
import java.util.List;

import io.htgateway.budget.Budgets;
import io.htgateway.cache.store.HitCount;
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

		assertThat((double) firstDue(pace, 1)).isCloseTo(firstDue(pace, 0), Percentage.withPercentage(1));
	}

	// Other keys that are not requested for so long are no longer in use.
	@Test
	void keyThatIsRequestedEveryHourStaysInUse() {
		BudgetPace pace = pace(Budgets.of(0, 0, DEMAND / 6, clock));
		load(pace, 2);
		HitCount hourly = new HitCount();
		for (int hour = 0; hour < 24; hour++) {
			clock.advance(Duration.ofHours(1));
			hourly.add();
			pace.isDue(new Key(0), TTL, MAX_TTL, hourly);
			pace.lifetime(new Key(1), TTL);
		}
		clock.advance(Duration.ofMinutes(59));
		double one = TTL.toSeconds() / (3600.0 + TTL.toSeconds());

		assertThat(pace.stretch()).isEqualTo(1);
		assertThat(one).isPositive();
	}

	// For an hour, each key is requested once a minute, and each even key more often.
	private void requestEvenKeysMore(BudgetPace pace, int times) {
		for (int minute = 0; minute < 60; minute++) {
			clock.advance(Duration.ofMinutes(1));
			for (int key = 0; key < 36; key++) {
				isDue(pace, key, Duration.ZERO);
				for (int more = 1; more < times && key % 2 == 0; more++) {
					requests(key).add();
				}
			}
		}
	}

	// In seconds. The age is not that of a load, so the phase of the key is 1.
	private long firstDue(BudgetPace pace, int key) {
		List<Long> ages = java.util.stream.LongStream.range(0, 10_000).boxed().toList();
		return ages.stream().filter((age) -> isDue(pace, key, Duration.ofSeconds(age))).findFirst().orElseThrow();
	}

}
