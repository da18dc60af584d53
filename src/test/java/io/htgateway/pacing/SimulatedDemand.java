package io.htgateway.pacing;

import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Requests of ten teams together: a Poisson process, and keys that follow Zipf's law (s =
 * 1). The sequence depends only on the seed of the random numbers.
 */
final class SimulatedDemand {

	private static final double NANOS = 1e9;

	private final double requestsPerSecond;

	private final RandomGenerator random;

	private final double[] parts;

	private final double[] sums;

	SimulatedDemand(int keys, double requestsPerSecond, RandomGenerator random) {
		this.requestsPerSecond = requestsPerSecond;
		this.random = random;
		this.parts = new double[keys];
		Arrays.setAll(parts, (key) -> 1.0 / (key + 1));
		double total = Arrays.stream(parts).sum();
		Arrays.setAll(parts, (key) -> parts[key] / total);
		this.sums = parts.clone();
		Arrays.parallelPrefix(sums, Double::sum);
	}

	/**
	 * Returns the time until the next request.
	 */
	Duration nextGap() {
		return Duration.ofNanos((long) (random.nextExponential() / requestsPerSecond * NANOS));
	}

	/**
	 * Returns the key of the next request.
	 */
	int nextKey() {
		int found = Arrays.binarySearch(sums, random.nextDouble());
		return Math.min((found < 0) ? -found - 1 : found, sums.length - 1);
	}

	/**
	 * Returns the requests per second for each key.
	 */
	double[] rates() {
		return Arrays.stream(parts).map((part) -> part * requestsPerSecond).toArray();
	}

}
