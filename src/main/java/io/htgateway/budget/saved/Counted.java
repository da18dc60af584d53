package io.htgateway.budget.saved;

import java.time.Instant;
import java.util.Objects;

/**
 * Saved number of calls with the time that it belongs to.
 *
 * @param start start of the period, or the second of the count
 * @param used number of calls
 */
record Counted(Instant start, long used) {

	/**
	 * More than any plan allows, and small enough for sums not to overflow.
	 */
	private static final long MAX_CALLS = 1_000_000_000_000L;

	Counted {
		Objects.requireNonNull(start);
		if (used < 0 || used > MAX_CALLS) {
			throw new IllegalArgumentException("an impossible number of calls");
		}
	}

}
