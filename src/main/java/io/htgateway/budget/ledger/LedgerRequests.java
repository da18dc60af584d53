package io.htgateway.budget.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.budget.Priority;
import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.MinuteRate;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.budget.window.PeriodCalls;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * LedgerRequests of this replica to the ledger, numbered in their order. Not thread-safe.
 */
final class LedgerRequests {

	private final Windows windows;

	private final LedgerCount count;

	private final InstantSource clock;

	private final boolean assumesNone;

	private long number;

	/**
	 * Creates questions about the given windows.
	 * @param assumesNone whether assumed calls are dropped that were not certainly made
	 */
	LedgerRequests(Windows windows, LedgerCount count, InstantSource clock, boolean assumesNone) {
		this.windows = windows;
		this.count = count;
		this.clock = clock;
		this.assumesNone = assumesNone;
	}

	/**
	 * Returns the next question.
	 * @param change 1 to charge a call, -1 to give it back, 0 otherwise
	 * @param charge name of the call, or empty
	 * @param account on whose behalf the call is made, if calls are reserved for it
	 * @param report calls that the ledger does not know of, if any
	 */
	Ledger.Question next(int change, String charge, Priority priority, String account, Ledger.@Nullable Report report) {
		Instant now = clock.instant();
		List<Ledger.Window> calendar = windows.calendar()
			.stream()
			.map((window) -> window(window, priority, account, now))
			.toList();
		return new Ledger.Question(++number, change, charge, count.epoch(), count.calls(), priority, account,
				minute(priority, account), calendar, report);
	}

	private Ledger.@Nullable Minute minute(Priority priority, String account) {
		MinuteWindow minute = windows.minute();
		return (minute != null) ? new Ledger.Minute(minute.rate().burst(), minute.rate().refill(),
				MinuteRate.PERIOD.toMillis(), minute.needed(priority, account)) : null;
	}

	private Ledger.Window window(CalendarWindow window, Priority priority, String account, Instant now) {
		PeriodCalls calls = window.calls();
		return new Ledger.Window(window.name(), window.period().start().toEpochMilli(), window.limit(),
				window.needed(priority, account, now), calls.all().total() - calls.apart(), calls.all().assumed(),
				calls.certain(), assumesNone);
	}

}
