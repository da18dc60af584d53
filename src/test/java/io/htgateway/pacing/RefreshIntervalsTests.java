package io.htgateway.pacing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RefreshIntervals}.
 */
class RefreshIntervalsTests {

	private static final double TTL = 300;

	@Test
	void byDemandWhenRateSufficesIsTheShortest() {
		RefreshIntervals intervals = of(ttls(3), new double[] { 9, 1, 0.001 }, 0.011);

		assertThat(intervals.byDemand(2)).containsExactly(TTL, TTL, TTL);
		assertThat(intervals.meanStretch()).isEqualTo(1);
	}

	@Test
	void byDemandIsProportionalToOneOverTheRootOfTheDemand() {
		double[] intervals = of(ttls(3), new double[] { 400, 100, 25 }, 0.003).byDemand(100);

		assertThat(intervals[1] / intervals[0]).isCloseTo(2, Offset.offset(1e-9));
		assertThat(intervals[2] / intervals[0]).isCloseTo(4, Offset.offset(1e-9));
		assertThat(Arrays.stream(intervals).map((interval) -> 1 / interval).sum()).isCloseTo(0.003,
				Percentage.withPercentage(0.1));
	}

	@Test
	void byDemandWhenOneKeyReachesItsShortestGivesTheRestToTheOthers() {
		double[] intervals = of(ttls(3), new double[] { 1e8, 100, 100 }, 1 / TTL + 2 / 1000.0).byDemand(100);

		assertThat(intervals[0]).isEqualTo(TTL);
		assertThat(intervals[1]).isCloseTo(1000, Percentage.withPercentage(0.1)).isEqualTo(intervals[2]);
	}

	@Test
	void byDemandIsNeverLongerThanTheMultipleOfTheEqualInterval() {
		double[] demands = { 1e6, 1e6, 1e6, 100, 1 };
		RefreshIntervals intervals = of(ttls(5), demands, 5 / 1000.0);

		double[] byDemand = intervals.byDemand(3);

		assertThat(intervals.equal()[0]).isCloseTo(1000, Percentage.withPercentage(0.1));
		assertThat(byDemand[4]).isCloseTo(3000, Percentage.withPercentage(0.1));
		assertThat(byDemand[0]).isCloseTo(3 / (5 / 1000.0 - 2 / 3000.0), Percentage.withPercentage(0.1));
	}

	@Test
	void byDemandWhenMaxStretchIsOneIsEqual() {
		RefreshIntervals intervals = of(new double[] { 300, 300, 5000 }, new double[] { 900, 30, 1 },
				1 / 500.0 + 1 / 5000.0);

		assertThat(intervals.byDemand(1)).containsExactly(intervals.equal(), Offset.offset(0.01));
		assertThat(intervals.equal()[0]).isCloseTo(1000, Percentage.withPercentage(0.2));
		assertThat(intervals.equal()[2]).isEqualTo(5000);
	}

	// A key that is requested once in 700 s and due after 300 s is loaded once in 1000 s.
	@Test
	void loadsWaitForTheFirstRequestAfterTheInterval() {
		RefreshIntervals intervals = of(ttls(10), filled(10, 1 / 700.0), 10 / 1200.0);

		assertThat(intervals.meanStretch()).isCloseTo(1.2, Percentage.withPercentage(0.1));
		assertThat(intervals.byDemand(2)[0]).isCloseTo(500, Percentage.withPercentage(0.1));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 1.5, 2, 10 })
	void byDemandForRandomKeysTakesTheRateWithinItsBounds(double maxStretch) {
		Random random = new Random(5);
		for (int round = 0; round < 300; round++) {
			int keys = random.nextInt(1, 60);
			double[] shortest = random.doubles(keys, 1, 5000).toArray();
			double[] demands = random.doubles(keys, -6, 4).map((exponent) -> Math.pow(10, exponent)).toArray();
			double need = loads(shortest, demands);
			double rate = need / Math.pow(10, random.nextDouble(0, 4));
			RefreshIntervals intervals = of(shortest, demands, rate);

			double[] equal = intervals.equal();
			double[] byDemand = intervals.byDemand(maxStretch);

			assertThat(loads(byDemand, demands)).isCloseTo(rate, Percentage.withPercentage(0.1));
			assertThat(intervals.meanStretch()).isCloseTo(need / rate, Percentage.withPercentage(1e-6));
			assertThat(IntStream.range(0, keys))
				.allMatch((key) -> byDemand[key] >= shortest[key] && byDemand[key] <= equal[key] * maxStretch);
		}
	}

	@Test
	void byDemandWithoutKeysIsEmpty() {
		assertThat(of(new double[0], new double[0], 1).byDemand(2)).isEmpty();
	}

	@Test
	void meanStretchWhenNothingIsLeftIsFinite() {
		RefreshIntervals intervals = of(ttls(36), filled(36, 1), 1e-9);

		assertThat(intervals.meanStretch()).isEqualTo(100_000);
		assertThat(intervals.byDemand(2)[0]).isFinite();
	}

	private static RefreshIntervals of(double[] shortest, double[] demands, double rate) {
		return new RefreshIntervals(shortest, Arrays.stream(demands).map((demand) -> 1 / demand).toArray(), rate);
	}

	private static double loads(double[] intervals, double[] demands) {
		return IntStream.range(0, intervals.length).mapToDouble((key) -> 1 / (intervals[key] + 1 / demands[key])).sum();
	}

	private static double[] ttls(int keys) {
		return filled(keys, TTL);
	}

	private static double[] filled(int keys, double value) {
		return IntStream.range(0, keys).mapToDouble((key) -> value).toArray();
	}

}
