package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.budget.Priority;

/**
 * Charges without a call, until the ledger confirms that it has taken them back. A charge
 * that is dropped here stays counted there. Not thread-safe.
 */
final class UnusedCharges {

	private static final int MOST = 1000;

	/**
	 * Time for which the ledger remembers a charge.
	 */
	private static final Duration KEPT = Duration.ofMinutes(5);

	private final Map<String, Unused> waiting = new LinkedHashMap<>();

	Unused add(String charge, Priority priority, String account, Instant now) {
		Unused unused = new Unused(charge, priority, account, now.plus(KEPT));
		if (waiting.size() < MOST) {
			waiting.put(charge, unused);
		}
		return unused;
	}

	void remove(String charge) {
		waiting.remove(charge);
	}

	/**
	 * Returns all charges that the ledger still remembers.
	 */
	List<Unused> all(Instant now) {
		waiting.values().removeIf((unused) -> !now.isBefore(unused.end()));
		return new ArrayList<>(waiting.values());
	}

	/**
	 * A charge that is to be given back.
	 *
	 * @param charge its name
	 * @param end until when the ledger remembers it
	 */
	record Unused(String charge, Priority priority, String account, Instant end) {
	}

}
