package io.htgateway.pacing;

import java.time.Duration;

import io.htgateway.cache.store.HitCount;
import org.jspecify.annotations.Nullable;

/**
 * The demand for a key: its requests per second, of which older ones count exponentially
 * less. Reads the count that the cache keeps anyway, and is advanced by one thread at a
 * time.
 */
final class Demand {

	/**
	 * Time constant of the decay. An hour is enough to count the requests for a key that
	 * is requested every few minutes, and short enough to follow a working day.
	 */
	private static final double DECAY_SECONDS = 3_600;

	/**
	 * Decayed number of requests below which a key is forgotten: one request three time
	 * constants ago.
	 */
	private static final double FORGOTTEN = 0.05;

	private volatile @Nullable HitCount count;

	private @Nullable HitCount counted;

	private long countedBefore;

	private double requests;

	private double seconds;

	/**
	 * Counts requests in the given count from now on.
	 */
	void countIn(HitCount current) {
		if (count != current) {
			count = current;
		}
	}

	/**
	 * Advances by the given time, and adds the requests that were counted in it.
	 */
	void advance(Decay decay) {
		HitCount current = count;
		if (current == null) {
			return;
		}
		long total = current.requests();
		if (current == counted) {
			requests = requests * decay.weight() + (total - countedBefore) * decay.part();
			seconds = seconds * decay.weight() + decay.seconds();
		}
		counted = current;
		countedBefore = total;
	}

	/**
	 * Returns the requests per second.
	 * @param mean mean of all keys, which counts as much as one request of this key: it
	 * is the result for a key that was not counted yet
	 */
	double rate(double mean) {
		return (requests + 1) / (seconds + 1 / mean);
	}

	/**
	 * Returns the decayed number of counted requests.
	 */
	double requests() {
		return requests;
	}

	/**
	 * Returns the decayed time, in seconds, in which they were counted.
	 */
	double seconds() {
		return seconds;
	}

	boolean isForgotten() {
		return requests < FORGOTTEN;
	}

	/**
	 * The decay in a time.
	 *
	 * @param weight weight of what was counted before
	 * @param part mean weight of what was counted in the time
	 * @param seconds decayed length of the time
	 */
	record Decay(double weight, double part, double seconds) {

		static Decay of(Duration time) {
			double elapsed = Math.max(0, time.toMillis() / 1000.0);
			double weight = Math.exp(-elapsed / DECAY_SECONDS);
			double seconds = DECAY_SECONDS * (1 - weight);
			return new Decay(weight, (elapsed > 0) ? seconds / elapsed : 1, seconds);
		}

	}

}
