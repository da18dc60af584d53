package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Charges that no call is made for, until the ledger is known to have taken them back.
 * What is dropped here stays counted there. Not thread-safe.
 */
final class UnusedCharges {

	private static final int MOST = 1000;

	/**
	 * After this the ledger no longer knows of them.
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
	 * All that are worth giving back.
	 */
	List<Unused> all(Instant now) {
		waiting.values().removeIf((unused) -> !now.isBefore(unused.end()));
		return new ArrayList<>(waiting.values());
	}

	/**
	 * A charge that is to be given back.
	 *
	 * @param charge its name
	 * @param end until when the ledger knows of it
	 */
	record Unused(String charge, Priority priority, String account, Instant end) {
	}

}
