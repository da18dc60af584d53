package io.htgateway.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what a simulated month answers and loads.
 */
final class MonthTally {

	private static final int HOURS = 24;

	private final List<Day> days = new ArrayList<>();

	private final Sum ages = new Sum();

	private Sum agesOfDay = new Sum();

	private Sum loadsOfDay = new Sum();

	private final Sum lags = new Sum();

	private final Sum identical = new Sum();

	private double oldest;

	private long coldFailures;

	private long warmFailures;

	void answer(Duration age, Duration lag) {
		double seconds = age.toMillis() / 1000.0;
		ages.add(seconds);
		agesOfDay.add(seconds);
		oldest = Math.max(oldest, seconds);
		lags.add(lag.toMillis() / 1000.0);
	}

	void fail(boolean warm) {
		if (warm) {
			warmFailures++;
		}
		else {
			coldFailures++;
		}
	}

	void load(boolean sameBytes) {
		identical.add(sameBytes ? 1 : 0);
	}

	void endHour(int hour, double stretch, long calls) {
		loadsOfDay.add(1 / stretch);
		if (hour % HOURS == 0) {
			days.add(new Day(agesOfDay.mean(), calls, 1 / loadsOfDay.mean()));
			agesOfDay = new Sum();
			loadsOfDay = new Sum();
		}
	}

	Outcome outcome(CountingUpstream upstream) {
		return new Outcome(upstream.calls(), upstream.refusals(), ages.mean(), oldest, lags.mean(), identical.mean(),
				coldFailures, warmFailures, List.copyOf(days));
	}

	/**
	 * The result of a month; times in seconds.
	 *
	 * @param refusals calls that the upstream answered 429
	 * @param meanLag mean time for which the served response had been behind the newest
	 * state
	 * @param identical part of the loads that brought the bytes that were stored already
	 */
	record Outcome(long calls, long refusals, double meanAge, double oldest, double meanLag, double identical,
			long coldFailures, long warmFailures, List<Day> days) {

		// Of loads, so that the hours in which the day of Free is spent do not dominate.
		double meanStretch() {
			return 1 / days.stream().mapToDouble((day) -> 1 / day.stretch()).average().orElseThrow();
		}

	}

	/**
	 * One day of a month: mean age of the responses, calls until its end, mean stretch.
	 */
	record Day(double meanAge, long calls, double stretch) {
	}

	private static final class Sum {

		private double sum;

		private long count;

		void add(double value) {
			sum += value;
			count++;
		}

		double mean() {
			return sum / count;
		}

	}

}
