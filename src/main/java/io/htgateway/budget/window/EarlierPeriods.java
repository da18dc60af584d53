package io.htgateway.budget.window;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.Tally;
import io.htgateway.budget.account.Balance;
import org.jspecify.annotations.Nullable;

/**
 * Periods of a window that the clock has left, each with its calls. A clock that was set
 * forward and back returns to one of them. Calls made in the meantime count in all of
 * them, because it is unknown which clock was right. Not thread-safe.
 */
final class EarlierPeriods {

	/**
	 * Most periods that are remembered. A wrong clock visits fewer before it is
	 * corrected.
	 */
	private static final int MAX_PERIODS = 12;

	/**
	 * By the start of the period. The calls added since the beginning are subtracted, so
	 * that {@link #current} can add the current number.
	 */
	private final Map<Instant, Calls> periods = new LinkedHashMap<>();

	private long made;

	/**
	 * Adds calls that were made.
	 */
	void add(long calls) {
		made += calls;
	}

	/**
	 * Remembers the calls of a period.
	 */
	void put(Instant start, Calls calls) {
		periods.remove(start);
		periods.put(start, calls.plusMade(-made));
		if (periods.size() > MAX_PERIODS) {
			periods.remove(periods.keySet().iterator().next());
		}
	}

	/**
	 * Removes a period and returns its calls, or null if it was not remembered.
	 */
	@Nullable Calls remove(Instant start) {
		Calls calls = periods.remove(start);
		return (calls != null) ? current(calls) : null;
	}

	/**
	 * Returns all remembered periods with their calls, by start.
	 */
	Map<Instant, Calls> all() {
		Map<Instant, Calls> all = new LinkedHashMap<>();
		periods.forEach((start, calls) -> all.put(start, current(calls)));
		return all;
	}

	private Calls current(Calls calls) {
		Calls current = calls.plusMade(made);
		return new Calls(current.all().notNegative(), current.charged(), current.elsewhere());
	}

	/**
	 * The calls of a period.
	 *
	 * @param all all calls that count in it
	 * @param charged those charged while the clock was in the period
	 * @param elsewhere calls of others
	 */
	record Calls(Tally all, Tally charged, Elsewhere elsewhere) {

		/**
		 * Returns these calls as the balance of an account.
		 */
		Balance balance() {
			return new Balance(all.made(), all.assumed(), elsewhere.calls());
		}

		private Calls plusMade(long calls) {
			return new Calls(all.plusMade(calls), charged, elsewhere);
		}

	}

}
