package io.htgateway.budget.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Calls of each account in a day or month, and in the one before, to which a set clock
 * may return. Not thread-safe.
 */
public final class AccountCalls {

	private static final int MAX_PERIODS = 2;

	private final NavigableMap<Instant, Map<String, Long>> periods = new TreeMap<>();

	/**
	 * Adds calls that were made in the period with the given start, or subtracts
	 * (negative) calls that were not sent.
	 */
	public void add(Instant start, String account, long calls) {
		period(start).merge(account, calls, Long::sum);
	}

	/**
	 * Restores the calls of an earlier run.
	 */
	public void restore(Instant start, Map<String, Long> calls) {
		period(start).putAll(calls);
	}

	/**
	 * Returns the calls in the period with the given start by account.
	 */
	public Map<String, Long> in(Instant start) {
		return Map.copyOf(periods.getOrDefault(start, Map.of()));
	}

	/**
	 * Returns the calls of one account in the period with the given start.
	 */
	public long of(String account, Instant start) {
		return Math.max(0, periods.getOrDefault(start, Map.of()).getOrDefault(account, 0L));
	}

	private Map<String, Long> period(Instant start) {
		Map<String, Long> period = periods.computeIfAbsent(start, (added) -> new HashMap<>());
		if (periods.size() > MAX_PERIODS) {
			Instant oldest = periods.firstKey().equals(start) ? periods.lastKey() : periods.firstKey();
			periods.remove(oldest);
		}
		return period;
	}

}
