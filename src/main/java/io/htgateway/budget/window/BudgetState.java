package io.htgateway.budget.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The budget as this replica knows it: its windows, its calls since the start, and
 * whether it grants calls at all. Its monitor guards everything in it, and has to be held
 * while the windows are used.
 */
public final class BudgetState {

	private final Windows windows;

	private CallCounts calls = CallCounts.NONE;

	private boolean ended;

	/**
	 * Creates the state of a run that has made no calls.
	 */
	public BudgetState(Windows windows) {
		this.windows = windows;
	}

	/**
	 * Returns the windows, which are not thread-safe.
	 */
	public Windows windows() {
		return windows;
	}

	/**
	 * Grants calls again after an end.
	 */
	public synchronized void begin() {
		ended = false;
	}

	/**
	 * Stops granting calls: loads may outlive the last client, and calls after the spend
	 * was last recorded would be forgotten.
	 */
	public synchronized void end() {
		ended = true;
	}

	/**
	 * Requires that calls are granted.
	 * @throws BudgetExhausted after the end
	 */
	public synchronized void requireOpen() {
		if (ended) {
			throw BudgetExhausted.ofEnd();
		}
	}

	/**
	 * Counts calls of this run.
	 */
	public synchronized void add(CallCounts more) {
		calls = calls.plus(more);
	}

	/**
	 * Returns the current state of the budget.
	 * @param minute the minute in which calls are currently counted, or null without one
	 */
	public synchronized BudgetSnapshot snapshot(@Nullable MinuteWindow minute) {
		Instant now = windows.roll();
		List<BudgetSnapshot.Window> all = new ArrayList<>();
		double refreshRate = Double.MAX_VALUE;
		if (minute != null) {
			all.add(minute.snapshot(now));
			refreshRate = minute.refreshRate();
		}
		long projectedSpend = 0;
		for (CalendarWindow window : windows.calendar()) {
			all.add(window.snapshot(now));
			refreshRate = Math.min(refreshRate, window.refreshRate(now));
			projectedSpend = window.projectedSpend(now);
		}
		return new BudgetSnapshot(all, calls.interactive(), calls.refresh(), refreshRate, projectedSpend);
	}

	/**
	 * Returns the spend that has to survive a restart.
	 */
	public synchronized Spend spend() {
		return Spend.of(windows.roll(), windows.minute(), windows.calendar());
	}

	/**
	 * Restores the spend of an earlier run.
	 */
	public synchronized void restore(Spend earlier) {
		earlier.restoreTo(windows.roll(), windows.minute(), windows.calendar());
		windows.dropAssumed();
		AssumedCalls.logRestored(earlier, windows.calendar());
	}

	/**
	 * Prepares for an earlier run of unknown spend, which may have spent the minute.
	 */
	public synchronized void restoreUnknown() {
		Instant now = windows.roll();
		windows.calendar().forEach((window) -> window.calls().assumeEvenSpend(now));
		if (windows.minute() != null) {
			windows.minute().restoreUnknown();
		}
	}

}
