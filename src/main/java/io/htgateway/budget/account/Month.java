package io.htgateway.budget.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The account of one month while it grows. Not thread-safe.
 */
final class Month {

	private final Map<Line, Usage> lines;

	private final Map<Instant, Balance> periods;

	private @Nullable Account account;

	Month(Account account) {
		this.lines = new HashMap<>(account.lines());
		this.periods = new HashMap<>(account.periods());
		this.account = account;
	}

	// A line that was added stays, so that a released call is taken back from the same
	// line.
	void add(Line line, Usage more) {
		boolean fits = lines.size() < Book.MAX_LINES || lines.containsKey(line);
		lines.merge(fits ? line : line.ofOthers(), more, Usage::plus);
		account = null;
	}

	void put(Instant start, Balance balance) {
		if (!balance.equals(periods.put(start, balance))) {
			account = null;
		}
	}

	Usage usage(Line line) {
		return lines.getOrDefault(line, Usage.NONE);
	}

	/**
	 * Returns the account as it is now: the same object until it changes.
	 */
	Account account() {
		Account current = account;
		if (current == null) {
			current = new Account(lines, periods);
			account = current;
		}
		return current;
	}

}
