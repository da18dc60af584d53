package io.htgateway.pacing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.htgateway.cache.store.HitCount;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Demand}.
 */
class DemandTests {

	private static final double MEAN = 0.5;

	private final HitCount count = new HitCount();

	private final Demand demand = new Demand();

	@Test
	void rateBeforeAnythingIsCountedIsTheMean() {
		assertThat(demand.rate(MEAN)).isEqualTo(MEAN);
		demand.countIn(count);
		advance(1);

		assertThat(demand.rate(MEAN)).isEqualTo(MEAN);
	}

	@Test
	void rateFollowsTheRequestsThatTheCacheCounts() {
		requestFor(TimeUnit.HOURS.toSeconds(2), 3);

		assertThat(demand.rate(MEAN)).isCloseTo(3, Percentage.withPercentage(1));
	}

	@Test
	void rateCountsRequestsThatWaitedForALoad() {
		demand.countIn(count);
		advance(1);
		for (int second = 0; second < 1000; second++) {
			count.addLoaded();
			advance(1);
		}

		assertThat(demand.rate(MEAN)).isCloseTo(1, Percentage.withPercentage(1));
	}

	@Test
	void rateDecaysToAThirdInAnHour() {
		requestFor(TimeUnit.HOURS.toSeconds(12), 3);

		advance(3600);

		assertThat(demand.rate(MEAN)).isCloseTo(3 / Math.E, Percentage.withPercentage(1));
	}

	@Test
	void rateDoesNotDependOnHowOftenItIsCounted() {
		requestFor(1000, 2);
		Demand seldom = new Demand();
		HitCount other = new HitCount();
		seldom.countIn(other);
		seldom.advance(Demand.Decay.of(Duration.ofSeconds(1)));
		for (int request = 0; request < 2000; request++) {
			other.add();
		}
		seldom.advance(Demand.Decay.of(Duration.ofSeconds(1000)));

		assertThat(seldom.rate(MEAN)).isCloseTo(demand.rate(MEAN), Percentage.withPercentage(0.5));
	}

	@Test
	void rateOfAKeyThatIsNeverRequestedIsSmallAndNotZero() {
		requestFor(TimeUnit.HOURS.toSeconds(12), 0);

		assertThat(demand.rate(MEAN)).isPositive().isLessThan(1 / 3500.0);
	}

	// The cache counts again from zero after it evicted the response.
	@Test
	void rateWhenCountIsReplacedCountsOnlyWhatIsAdded() {
		requestFor(1000, 2);
		HitCount next = new HitCount();
		next.add();
		demand.countIn(next);
		advance(1);
		advance(1);

		assertThat(demand.requests()).isCloseTo(2000 * 0.87, Percentage.withPercentage(2));
	}

	@Test
	void rateWhenClockGoesBackStaysAsItIs() {
		requestFor(1000, 2);
		double before = demand.rate(MEAN);

		advance(-3600);

		assertThat(demand.rate(MEAN)).isEqualTo(before);
	}

	@Test
	void isForgottenThreeHoursAfterOneRequest() {
		requestFor(1, 1);
		advance(3600 * 2);

		assertThat(demand.isForgotten()).isFalse();
		advance(3600);
		assertThat(demand.isForgotten()).isTrue();
	}

	private void requestFor(long seconds, int perSecond) {
		demand.countIn(count);
		advance(1);
		for (long second = 0; second < seconds; second++) {
			for (int request = 0; request < perSecond; request++) {
				count.add();
			}
			advance(1);
		}
	}

	private void advance(long seconds) {
		demand.advance(Demand.Decay.of(Duration.ofSeconds(seconds)));
	}

}
