package io.htgateway.pacing;

import java.util.Arrays;

/**
 * The least mean age per request that a number of calls affords, found by trying
 * intervals: no formula for the best interval is used. A key is loaded by the first
 * request after its interval, which is answered with the old response within the stale
 * window and waits for the new one after it, as in the cache.
 */
final class BestIntervals {

	private static final int TRIED = 3_000;

	private static final double LONGEST = 200_000;

	private final double[] intervals = new double[TRIED];

	private final double[][] ages;

	private final double[][] loads;

	private final double requests;

	/**
	 * Creates the search.
	 * @param demands requests per second for each key
	 */
	BestIntervals(double[] demands) {
		double shortest = SimulatedMonth.TTL.toSeconds();
		Arrays.setAll(intervals, (tried) -> shortest * Math.pow(LONGEST / shortest, tried / (TRIED - 1.0)));
		this.requests = Arrays.stream(demands).sum();
		this.ages = Arrays.stream(demands)
			.mapToObj((demand) -> Arrays.stream(intervals).map((interval) -> ages(demand, interval)).toArray())
			.toArray(double[][]::new);
		this.loads = Arrays.stream(demands)
			.mapToObj((demand) -> Arrays.stream(intervals).map((interval) -> 1 / (interval + 1 / demand)).toArray())
			.toArray(double[][]::new);
	}

	/**
	 * Returns the least mean age, in seconds, that the given loads per second afford.
	 */
	double meanAge(double rate) {
		double low = 0;
		double high = 1e9;
		for (int halving = 0; halving < 100; halving++) {
			double price = (low + high) / 2;
			if (sum(loads, price) > rate) {
				low = price;
			}
			else {
				high = price;
			}
		}
		return sum(ages, high) / requests;
	}

	private double sum(double[][] values, double price) {
		double sum = 0;
		for (int key = 0; key < values.length; key++) {
			sum += values[key][best(key, price)];
		}
		return sum;
	}

	// The interval with the least sum of ages and of the price of its loads.
	private int best(int key, double price) {
		int best = 0;
		for (int tried = 1; tried < TRIED; tried++) {
			if (ages[key][tried] + price * loads[key][tried] < ages[key][best] + price * loads[key][best]) {
				best = tried;
			}
		}
		return best;
	}

	// The sum of the ages of all responses between two loads, per second.
	private static double ages(double demand, double interval) {
		double lifetime = Math.clamp(interval, (double) SimulatedMonth.TTL.toSeconds(),
				(double) SimulatedMonth.MAX_TTL.toSeconds());
		double window = lifetime + SimulatedMonth.STALE_WHILE_REVALIDATE.toSeconds() - interval;
		double late = Math.exp(-demand * Math.max(0, window));
		double ofLoader = (window > 0) ? interval * (1 - late) + (1 - late * (1 + demand * window)) / demand : 0;
		return (demand * interval * interval / 2 + ofLoader) / (interval + 1 / demand);
	}

}
