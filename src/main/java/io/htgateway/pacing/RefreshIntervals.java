package io.htgateway.pacing;

import java.util.Arrays;

/**
 * Refresh intervals with the least mean age per request among those that a rate of loads
 * affords: proportional to one over the square root of the demand, within bounds
 * (<code>docs/budget.md</code> derives it).
 */
final class RefreshIntervals {

	/**
	 * Largest factor between the loads at the shortest intervals and those that are
	 * planned.
	 */
	private static final double MAX_STRETCH = 100_000;

	private static final double PRECISION = 1e-6;

	private final double[] shortest;

	private final double[] waits;

	private final double need;

	private final double rate;

	/**
	 * Creates the intervals of keys.
	 * @param shortest shortest interval of each key, in seconds
	 * @param waits mean time between two requests for each key, in seconds: a load waits
	 * for the first request after its interval
	 * @param rate loads per second of all keys together
	 */
	RefreshIntervals(double[] shortest, double[] waits, double rate) {
		this.shortest = shortest;
		this.waits = waits;
		this.need = loads(shortest);
		this.rate = Math.max(rate, need / MAX_STRETCH);
	}

	/**
	 * Returns the loads per second at the shortest intervals over those that are planned,
	 * at least 1.
	 */
	double meanStretch() {
		return Math.clamp(need / rate, 1, MAX_STRETCH);
	}

	/**
	 * Returns the interval of each key, in seconds. If the rate suffices, it is the
	 * shortest one.
	 * @param maxStretch longest interval as a multiple of the equal one, at least 1
	 */
	double[] byDemand(double maxStretch) {
		if (need <= rate) {
			return shortest.clone();
		}
		double[] longest = Arrays.stream(equal()).map((interval) -> interval * maxStretch).toArray();
		return fill(Arrays.stream(waits).map(Math::sqrt).toArray(), longest);
	}

	/**
	 * Returns the intervals if all keys had the same one, apart from those whose shortest
	 * one is longer.
	 */
	double[] equal() {
		return fill(filled(1), filled(Math.max(Arrays.stream(shortest).max().orElse(0), shortest.length / rate)));
	}

	/**
	 * Returns intervals that are proportional to the given weights within their bounds,
	 * and that take the rate. Raises the level of all until it is reached, as water is
	 * filled into a vessel.
	 */
	private double[] fill(double[] weights, double[] longest) {
		double low = 0;
		double high = 0;
		for (int key = 0; key < weights.length; key++) {
			high = Math.max(high, longest[key] / weights[key]);
		}
		double[] intervals = new double[weights.length];
		while (high - low > high * PRECISION) {
			double level = (low + high) / 2;
			fill(intervals, level, weights, longest);
			if (loads(intervals) > rate) {
				low = level;
			}
			else {
				high = level;
			}
		}
		fill(intervals, high, weights, longest);
		return intervals;
	}

	private void fill(double[] intervals, double level, double[] weights, double[] longest) {
		for (int key = 0; key < intervals.length; key++) {
			intervals[key] = Math.clamp(level * weights[key], shortest[key], longest[key]);
		}
	}

	private double loads(double[] intervals) {
		double sum = 0;
		for (int key = 0; key < intervals.length; key++) {
			sum += 1 / (intervals[key] + waits[key]);
		}
		return sum;
	}

	private double[] filled(double value) {
		double[] values = new double[shortest.length];
		Arrays.fill(values, value);
		return values;
	}

}
