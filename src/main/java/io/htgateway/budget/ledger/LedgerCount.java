package io.htgateway.budget.ledger;

import java.util.Map;
import java.util.Set;

import io.htgateway.budget.window.AssumedCalls;
import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.CallCounts;
import io.htgateway.budget.window.Tally;
import io.htgateway.budget.window.Windows;

/**
 * The ledger's count as this replica knows it from the latest answer. LedgerRequests and
 * answers may arrive in any order. Of one ledger, the answer with the higher count is the
 * later one; between answers with the same count, and of different ledgers, the number of
 * the question decides. An earlier answer is ignored. Not thread-safe.
 */
final class LedgerCount {

	private static final Ledger.Calls NONE = new Ledger.Calls(-1, 0, 0, 0);

	private final Windows windows;

	private final UnreportedCalls unreported;

	/**
	 * Number of the question whose answer is in use. It may be lower than the newest one,
	 * because an answer with a higher count is used even if its question was older; then
	 * each of the two numbers decides on a case of its own.
	 */
	private long question;

	/**
	 * Highest number of a question whose answer was used.
	 */
	private long newest;

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
	 * Returns whether the ledger has answered yet.
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
	 * Takes over the ledger's answer, unless a later one was taken over before.
	 * @param asked the question that is answered
	 * @param reserved accounts for which calls are reserved
	 * @return the calls since, without those that this replica charged to its own part
	 */
	CallCounts apply(Ledger.Question asked, Ledger.Answer answer, Set<String> reserved) {
		boolean first = !isKnown();
		boolean same = answer.epoch().equals(epoch);
		if (same ? isEarlier(asked, answer) : asked.number() < newest) {
			return CallCounts.NONE;
		}
		Ledger.Report reported = unreported.accept(answer.reported());
		replaceWindows(answer, reported);
		if (first) {
			AssumedCalls.logShared(windows.calendar());
		}
		if (same) {
			reserved.forEach((account) -> spend(account, answer, reported));
		}
		CallCounts more = same ? new CallCounts(answer.interactive() - interactive - reported.interactive(),
				answer.refresh() - refresh - reported.refresh()) : CallCounts.NONE;
		question = asked.number();
		newest = Math.max(newest, question);
		epoch = answer.epoch();
		calls = answer.calls();
		interactive = answer.interactive();
		refresh = answer.refresh();
		accounts = answer.accounts();
		return more;
	}

	private boolean isEarlier(Ledger.Question asked, Ledger.Answer answer) {
		return (answer.calls() == calls) ? asked.number() < question : answer.calls() < calls;
	}

	private void replaceWindows(Ledger.Answer answer, Ledger.Report reported) {
		windows.roll();
		for (CalendarWindow window : windows.calendar()) {
			replace(window, answer.windows().getOrDefault(window.name(), NONE),
					reported.windows().getOrDefault(window.name(), NONE));
		}
		if (windows.minute() != null) {
			windows.minute().set(answer.tokens());
		}
	}

	// Counts of another day or month are ignored.
	private static void replace(CalendarWindow window, Ledger.Calls counted, Ledger.Calls reported) {
		long start = window.period().start().toEpochMilli();
		if (reported.start() == start) {
			window.calls().report(reported.calls());
		}
		if (counted.start() == start) {
			window.set(Tally.of(counted.calls(), counted.assumed()), counted.certain());
		}
	}

	private void spend(String account, Ledger.Answer answer, Ledger.Report reported) {
		long more = answer.accounts().getOrDefault(account, 0L) - accounts.getOrDefault(account, 0L)
				- reported.accounts().getOrDefault(account, 0L);
		windows.calendar().forEach((window) -> window.spend(account, more));
		if (windows.minute() != null) {
			windows.minute().spend(account, more);
		}
	}

}
