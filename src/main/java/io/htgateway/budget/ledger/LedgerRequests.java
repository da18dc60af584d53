package io.htgateway.budget.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.htgateway.budget.Priority;
import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.budget.window.PeriodCalls;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * Creates the requests of this replica to the ledger and numbers them. Not thread-safe.
 */
final class LedgerRequests {

	private final Windows windows;

	private final LedgerCount count;

	private final InstantSource clock;

	private final boolean assumesNone;

	private long number;

	/**
	 * Creates requests for the given windows.
	 * @param assumesNone whether assumed calls are dropped, unless they are certain
	 */
	LedgerRequests(Windows windows, LedgerCount count, InstantSource clock, boolean assumesNone) {
		this.windows = windows;
		this.count = count;
		this.clock = clock;
		this.assumesNone = assumesNone;
	}

	/**
	 * Returns the next request.
	 * @param change 1 to charge a call, -1 to release it, 0 otherwise
	 * @param charge id of the charge, or empty
	 * @param account account of the call, or empty if no calls are reserved for it
	 * @param entry entry without the month
	 * @param report calls that the ledger does not know of, or null
	 */
	Ledger.Request next(int change, String charge, Priority priority, String account, Ledger.Entry entry,
			Ledger.@Nullable Report report) {
		Instant now = clock.instant();
		List<Ledger.Window> calendar = windows.calendar()
			.stream()
			.map((window) -> window(window, priority, account, now))
			.toList();
		return new Ledger.Request(++number, change, charge, count.epoch(), count.calls(), priority, account,
				minute(priority, account), calendar, elsewhere(), report, entry.in(windows.month().toString()));
	}

	private Map<String, Ledger.Estimate> elsewhere() {
		return windows.calendar()
			.stream()
			.filter((window) -> window.calls().elsewhere().revision() > 0)
			.collect(Collectors.toMap(CalendarWindow::name,
					(window) -> Ledger.Estimate.of(window.period().start(), window.calls().elsewhere())));
	}

	private Ledger.@Nullable Minute minute(Priority priority, String account) {
		MinuteWindow minute = windows.minute();
		return (minute != null) ? new Ledger.Minute(minute.limit(), MinuteWindow.LENGTH.toMillis(),
				minute.needed(priority, account), minute.unknown()) : null;
	}

	private Ledger.Window window(CalendarWindow window, Priority priority, String account, Instant now) {
		PeriodCalls calls = window.calls();
		return new Ledger.Window(window.name(), window.period().start().toEpochMilli(), window.limit(),
				window.needed(priority, account, now), calls.all().total() - calls.unreported(), calls.all().assumed(),
				calls.certain(), assumesNone);
	}

}
