package io.htgateway.budget.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.htgateway.budget.Priority;
import io.htgateway.budget.window.CalendarWindow;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this replica that the ledger does not know of. A report that was sent is
 * sent again unchanged until the ledger confirms it. Not thread-safe.
 */
final class UnreportedCalls {

	private final String replica = UUID.randomUUID().toString();

	private final Map<String, Long> accounts = new HashMap<>();

	private final Map<String, Ledger.Calls> windows = new HashMap<>();

	private final Ledger.Report nothing = new Ledger.Report(replica, 0, 0, 0, Map.of(), Map.of());

	private long interactive;

	private long refresh;

	private long number;

	private Ledger.@Nullable Report pending;

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
	 * Returns the report that the ledger needs, or null if all calls are reported.
	 */
	Ledger.@Nullable Report report() {
		if (pending == null && interactive + refresh > 0) {
			pending = new Ledger.Report(replica, ++number, interactive, refresh, Map.copyOf(accounts),
					Map.copyOf(windows));
			interactive = 0;
			refresh = 0;
			accounts.clear();
			windows.clear();
		}
		return pending;
	}

	/**
	 * Returns the report that the ledger has confirmed now, or an empty one.
	 * @param reported number of the latest report that the ledger has counted
	 */
	Ledger.Report confirm(long reported) {
		Ledger.Report confirmed = pending;
		if (confirmed == null || confirmed.number() != reported) {
			return nothing;
		}
		pending = null;
		return confirmed;
	}

}
