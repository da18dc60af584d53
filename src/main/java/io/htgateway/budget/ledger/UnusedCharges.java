package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.budget.Priority;

/**
 * Charges for which no call was made, until the ledger confirms that it has released
 * them. A charge that is dropped here stays counted in the ledger. Not thread-safe.
 */
final class UnusedCharges {

	private static final int MAX_CHARGES = 1000;

	/**
	 * Time for which the ledger remembers a charge.
	 */
	private static final Duration LEDGER_MEMORY = Duration.ofMinutes(5);

	private final Map<String, Unused> unconfirmed = new LinkedHashMap<>();

	Unused add(String charge, Priority priority, String account, Instant now) {
		Unused unused = new Unused(charge, priority, account, now.plus(LEDGER_MEMORY));
		if (unconfirmed.size() < MAX_CHARGES) {
			unconfirmed.put(charge, unused);
		}
		return unused;
	}

	void remove(String charge) {
		unconfirmed.remove(charge);
	}

	/**
	 * Returns all charges that the ledger still remembers.
	 */
	List<Unused> all(Instant now) {
		unconfirmed.values().removeIf((unused) -> !now.isBefore(unused.expiresAt()));
		return new ArrayList<>(unconfirmed.values());
	}

	/**
	 * A charge that is to be released.
	 *
	 * @param charge id of the charge
	 * @param expiresAt until when the ledger remembers it
	 */
	record Unused(String charge, Priority priority, String account, Instant expiresAt) {
	}

}
