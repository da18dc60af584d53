package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.MinuteCalls;
import io.htgateway.budget.window.MinuteWindow;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this replica that the ledger does not know of. A report that was sent is
 * sent again unchanged until the ledger confirms it. Not thread-safe.
 */
final class UnreportedCalls {

	private final String replica = UUID.randomUUID().toString();

	private final Map<String, Long> accounts = new HashMap<>();

	private final Map<String, Ledger.Calls> windows = new HashMap<>();

	private final Map<String, Long> lines = new HashMap<>();

	private final Map<String, Map<String, Long>> teams = new HashMap<>();

	private final Ledger.Report nothing = new Ledger.Report(replica, 0, 0, 0, Map.of(), Map.of(), Map.of(), Map.of(),
			Map.of());

	private final List<Recent> recent = new ArrayList<>();

	private List<Recent> pendingRecent = List.of();

	private long interactive;

	private long refresh;

	private long number;

	private Ledger.@Nullable Report pending;

	/**
	 * Counts a call.
	 * @param account account of the call, or empty if no calls are reserved for it
	 * @param line line of the call in the account of the month
	 */
	void count(Priority priority, String account, Line line, List<CalendarWindow> calendar) {
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
			Map<String, Long> ofTeams = teams.computeIfAbsent(window.name(), (name) -> new HashMap<>());
			if (calls == 0) {
				ofTeams.clear();
			}
			ofTeams.merge(line.team(), 1L, Long::sum);
			if (calls == 0 && window.equals(calendar.getLast())) {
				lines.clear();
			}
		}
		lines.merge(line.toString(), 1L, Long::sum);
	}

	/**
	 * Counts a call of the minute.
	 * @param at elapsed time
	 */
	void countRecent(String account, Instant at) {
		recent.removeIf((call) -> call.age(at).compareTo(MinuteWindow.LENGTH) >= 0);
		recent.add(new Recent(at, account));
	}

	/**
	 * Returns the calls of the minute that are not reported.
	 * @param now elapsed time
	 */
	List<MinuteCalls> recent(Instant now) {
		return Stream.concat(pendingRecent.stream(), recent.stream())
			.filter((call) -> call.age(now).compareTo(MinuteWindow.LENGTH) < 0)
			.map((call) -> new MinuteCalls(call.age(now), 1, call.account(), false))
			.toList();
	}

	/**
	 * Returns the report that the ledger needs, or null if all calls are reported.
	 * @param now elapsed time
	 */
	Ledger.@Nullable Report report(Instant now) {
		if (pending == null && interactive + refresh > 0) {
			pending = new Ledger.Report(replica, ++number, interactive, refresh, Map.copyOf(accounts),
					Map.copyOf(windows), byAge(now), Map.copyOf(lines), copy(teams));
			pendingRecent = List.copyOf(recent);
			recent.clear();
			interactive = 0;
			refresh = 0;
			accounts.clear();
			windows.clear();
			lines.clear();
			teams.clear();
		}
		return pending;
	}

	private static Map<String, Map<String, Long>> copy(Map<String, Map<String, Long>> calls) {
		return calls.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (window) -> Map.copyOf(window.getValue())));
	}

	private Map<Long, Map<String, Long>> byAge(Instant now) {
		return recent(now).stream()
			.collect(Collectors.groupingBy((call) -> call.age().toMillis(),
					Collectors.toMap(MinuteCalls::account, MinuteCalls::number, Long::sum)));
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
		pendingRecent = List.of();
		return confirmed;
	}

	/**
	 * A call of the minute.
	 *
	 * @param at elapsed time at which it was made
	 * @param account account of the call, or empty
	 */
	private record Recent(Instant at, String account) {

		private Duration age(Instant now) {
			return Duration.between(at, now);
		}

	}

}
