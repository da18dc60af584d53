package io.htgateway.budget.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.htgateway.budget.CallCounts;
import io.htgateway.budget.Tally;
import io.htgateway.budget.window.AssumedCalls;
import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.MinuteCalls;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's count as this replica knows it from the latest reply. Requests and replies
 * may arrive in any order. Between replies of one ledger, the higher count is the later
 * one. Between replies with the same count, and between replies of different ledgers, the
 * number of the request decides. Earlier replies are ignored. Not thread-safe.
 */
final class LedgerCount {

	private static final Ledger.Calls NONE = new Ledger.Calls(-1, 0, 0, 0);

	private final Windows windows;

	private final UnreportedCalls unreported;

	/**
	 * Number of the request whose reply is in use. It may be lower than
	 * {@link #newestRequest}, because a reply with a higher count is used even if its
	 * request is older. This number decides between replies with the same count, and
	 * {@link #newestRequest} between different ledgers.
	 */
	private long latestRequest;

	/**
	 * Highest number of a request whose reply was used.
	 */
	private long newestRequest;

	private String epoch = "";

	private long calls;

	private long interactive;

	private long refresh;

	private Map<String, Long> accounts = Map.of();

	LedgerCount(Windows windows, UnreportedCalls unreported) {
		this.windows = windows;
		this.unreported = unreported;
	}

	/**
	 * Returns whether the ledger has replied yet.
	 */
	boolean isKnown() {
		return !epoch.isEmpty();
	}

	String epoch() {
		return epoch;
	}

	long calls() {
		return calls;
	}

	/**
	 * Adopts the ledger's reply, unless a later one was adopted before.
	 * @param request the request to which the ledger replied
	 * @param reserved accounts for which calls are reserved
	 * @return the calls since the previous reply, without those that this replica charged
	 * to its fallback part; none if the ledger is another one
	 */
	CallCounts apply(Ledger.Request request, Ledger.Reply reply, Set<String> reserved) {
		boolean first = !isKnown();
		boolean same = reply.epoch().equals(epoch);
		if (same ? isEarlier(request, reply) : request.number() < newestRequest) {
			return CallCounts.NONE;
		}
		Ledger.Report reported = unreported.confirm(reply.reported());
		replaceWindows(reply, reported);
		if (first) {
			AssumedCalls.logShared(windows.calendar());
		}
		if (same) {
			reserved.forEach((account) -> spend(account, reply, reported));
		}
		CallCounts more = same ? new CallCounts(reply.interactive() - interactive - reported.interactive(),
				reply.refresh() - refresh - reported.refresh()) : CallCounts.NONE;
		latestRequest = request.number();
		newestRequest = Math.max(newestRequest, latestRequest);
		epoch = reply.epoch();
		calls = reply.calls();
		interactive = reply.interactive();
		refresh = reply.refresh();
		accounts = reply.accounts();
		return more;
	}

	private boolean isEarlier(Ledger.Request request, Ledger.Reply reply) {
		return (reply.calls() == calls) ? request.number() < latestRequest : reply.calls() < calls;
	}

	private void replaceWindows(Ledger.Reply reply, Ledger.Report reported) {
		windows.roll();
		for (CalendarWindow window : windows.calendar()) {
			replace(window, reply.windows().getOrDefault(window.name(), NONE),
					reported.windows().getOrDefault(window.name(), NONE));
			adopt(window, reply.elsewhere().get(window.name()));
		}
		if (windows.minute() != null) {
			windows.minute().set(recent(reply));
		}
	}

	private List<MinuteCalls> recent(Ledger.Reply reply) {
		List<MinuteCalls> recent = new ArrayList<>(unreported.recent(windows.elapsed()));
		reply.minute()
			.forEach((age, accounts) -> accounts.forEach(
					(account, number) -> recent.add(new MinuteCalls(Duration.ofMillis(age), number, account, false))));
		reply.assumed().forEach((age, number) -> recent.add(new MinuteCalls(Duration.ofMillis(age), number, "", true)));
		return recent;
	}

	// Counts of another day or month are ignored.
	private static void replace(CalendarWindow window, Ledger.Calls counted, Ledger.Calls reported) {
		long start = window.period().start().toEpochMilli();
		if (reported.start() == start) {
			window.calls().markReported(reported.calls());
		}
		if (counted.start() == start) {
			window.set(Tally.of(counted.calls(), counted.assumed()), counted.certain());
		}
	}

	// The ledger may not know an estimate yet that this replica has just made. Of two
	// with the same revision, the one in the ledger was there first.
	private static void adopt(CalendarWindow window, Ledger.@Nullable Estimate estimate) {
		if (estimate != null && estimate.start() == window.period().start().toEpochMilli()
				&& estimate.revision() >= window.calls().elsewhere().revision()) {
			window.set(estimate.elsewhere());
		}
	}

	private void spend(String account, Ledger.Reply reply, Ledger.Report reported) {
		long more = reply.accounts().getOrDefault(account, 0L) - accounts.getOrDefault(account, 0L)
				- reported.accounts().getOrDefault(account, 0L);
		windows.calendar().forEach((window) -> window.spend(account, more));
	}

}
