package io.htgateway.budget;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Earlier periods of a window, each with its calls. A clock that was set forward and back
 * returns to one of them. Calls made in the meantime count in all of them, since it is
 * not known which clock was right. Not thread-safe.
 */
final class Remembered {

	/**
	 * Most periods that are remembered, which is more than a clock visits before it is
	 * right again.
	 */
	private static final int MAX_PERIODS = 12;

	/**
	 * Calls minus those made since the beginning, by the start of the period.
	 */
	private final Map<Instant, Long> periods = new LinkedHashMap<>();

	private long made;

	/**
	 * Counts calls that were made, or subtracts (negative) calls that were not sent.
	 */
	void add(long calls) {
		made += calls;
	}

	/**
	 * Remembers the number of calls of the period.
	 */
	void put(Instant start, long calls) {
		periods.remove(start);
		periods.put(start, calls - made);
		if (periods.size() > MAX_PERIODS) {
			periods.remove(periods.keySet().iterator().next());
		}
	}

	/**
	 * Forgets the period and returns its calls, if it was remembered.
	 */
	@Nullable Long take(Instant start) {
		Long calls = periods.remove(start);
		return (calls != null) ? Math.max(0, calls + made) : null;
	}

	/**
	 * Returns all periods with their calls.
	 */
	Map<Instant, Long> all() {
		Map<Instant, Long> all = new LinkedHashMap<>();
		periods.forEach((start, calls) -> all.put(start, Math.max(0, calls + made)));
		return all;
	}

}
