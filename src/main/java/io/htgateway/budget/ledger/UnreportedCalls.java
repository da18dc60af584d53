package io.htgateway.budget.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.htgateway.budget.Priority;
import io.htgateway.budget.window.CalendarWindow;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this replica that the ledger does not know of. What was sent to it is sent
 * again as it was, until it is known to have arrived. Not thread-safe.
 */
final class UnreportedCalls {

	private final String replica = UUID.randomUUID().toString();

	private final Map<String, Long> accounts = new HashMap<>();

	private final Map<String, Ledger.Calls> windows = new HashMap<>();

	private final Ledger.Report nothing = new Ledger.Report(replica, 0, 0, 0, Map.of(), Map.of());

	private long interactive;

	private long refresh;

	private long number;

	private Ledger.@Nullable Report sent;

	void count(Priority priority, String account, List<CalendarWindow> calendar) {
		switch (priority) {
			case INTERACTIVE -> interactive++;
			case REFRESH -> refresh++;
		}
		if (!account.isEmpty()) {
			accounts.merge(account, 1L, Long::sum);
		}
		for (CalendarWindow window : calendar) {
			long start = window.period().start().toEpochMilli();
			Ledger.Calls before = windows.get(window.name());
			long calls = (before != null && before.start() == start) ? before.calls() : 0;
			windows.put(window.name(), new Ledger.Calls(start, calls + 1, 0, 0));
		}
	}

	/**
	 * What the ledger has to be told, if anything.
	 */
	Ledger.@Nullable Report report() {
		if (sent == null && interactive + refresh > 0) {
			sent = new Ledger.Report(replica, ++number, interactive, refresh, Map.copyOf(accounts),
					Map.copyOf(windows));
			interactive = 0;
			refresh = 0;
			accounts.clear();
			windows.clear();
		}
		return sent;
	}

	/**
	 * What is known to have arrived now.
	 * @param reported number of the latest report that the ledger has seen
	 */
	Ledger.Report accept(long reported) {
		Ledger.Report arrived = sent;
		if (arrived == null || arrived.number() != reported) {
			return nothing;
		}
		sent = null;
		return arrived;
	}

}
