package io.htgateway.budget.window;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallCounts;
import io.htgateway.budget.account.Account;
import io.htgateway.budget.account.Book;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.TeamUsage;
import io.htgateway.budget.account.Usage;
import io.htgateway.budget.saved.Spend;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.share.WindowShares;
import org.jspecify.annotations.Nullable;

/**
 * The budget as this replica knows it: its windows, its calls since the start, and
 * whether it grants calls at all. Its monitor guards all of them, and must be held while
 * the windows are used.
 */
public final class BudgetState {

	private final Windows windows;

	private CallCounts calls = CallCounts.NONE;

	private boolean closed;

	/**
	 * Creates the state of a run that has not made any calls.
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
	 * Grants calls again after {@link #close()}.
	 */
	public synchronized void open() {
		closed = false;
	}

	/**
	 * Stops granting calls. Loads may outlive the last client, and calls made after the
	 * last save of the spend would be lost.
	 */
	public synchronized void close() {
		closed = true;
	}

	/**
	 * Requires that calls are granted.
	 * @throws BudgetExhausted if this state is closed
	 */
	public synchronized void requireOpen() {
		if (closed) {
			throw BudgetExhausted.ofShutdown();
		}
	}

	/**
	 * Adds calls of this run.
	 */
	public synchronized void add(CallCounts more) {
		calls = calls.plus(more);
	}

	/**
	 * Returns the current state of the budget.
	 * @param minute the minute in which calls are currently counted, or null if the plan
	 * does not limit it
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
			refreshRate = Math.min(refreshRate, window.allowance().refreshRate(now));
			projectedSpend = window.projectedSpend(now);
		}
		return new BudgetSnapshot(all, calls.interactive(), calls.refresh(), refreshRate, projectedSpend);
	}

	/**
	 * Returns the calls of an account in each window.
	 * @param used calls that were made for it by the name of the window, or null if this
	 * replica counts them itself
	 */
	public synchronized List<AccountUse> use(String account, @Nullable Map<String, Long> used) {
		Instant now = windows.roll();
		List<AccountUse> all = new ArrayList<>();
		MinuteWindow minute = windows.minute();
		if (minute != null) {
			all.add(minute.use(account, (used != null) ? used.getOrDefault(MinuteWindow.NAME, 0L) : minute.of(account),
					now));
		}
		for (CalendarWindow window : windows.calendar()) {
			all.add(window.use(account, (used != null) ? used.getOrDefault(window.name(), 0L)
					: window.accounts().of(account, window.period().start()), now));
		}
		return all;
	}

	/**
	 * Returns the calls that are reserved for accounts in each window.
	 * @param minute the minute in which calls are currently counted, or null if the plan
	 * does not limit it
	 */
	public synchronized List<WindowShares> shares(@Nullable MinuteWindow minute) {
		Instant now = windows.roll();
		return Stream
			.concat(Stream.ofNullable(minute).map(MinuteWindow::shares),
					windows.calendar().stream().map((window) -> window.shares(now)))
			.toList();
	}

	/**
	 * Returns the current month of the accounts.
	 */
	public synchronized YearMonth month() {
		windows.roll();
		return windows.month();
	}

	/**
	 * Returns when the current month of the accounts began.
	 */
	public synchronized Instant monthStart() {
		windows.roll();
		return windows.accounts().start();
	}

	/**
	 * Returns the name of the longest window: month or day, or empty if the plan limits
	 * neither.
	 */
	public String longestWindow() {
		CalendarWindow longest = windows.accounts().longest();
		return (longest != null) ? longest.name() : "";
	}

	/**
	 * Returns the usage of a team in the current month.
	 */
	public synchronized TeamUsage usage(String team, Collection<String> endpoints) {
		windows.roll();
		Book book = windows.accounts().book();
		return new TeamUsage(windows.accounts().since(),
				Usage.ofTeam(team, endpoints, (line) -> book.usage(windows.month(), line)));
	}

	/**
	 * Returns the statement of the given month.
	 */
	public synchronized Statement statement(YearMonth month) {
		windows.roll();
		return windows.accounts().book().statement(month);
	}

	/**
	 * Adds requests, hits and bytes to the account of the current month.
	 */
	public synchronized void add(Map<Line, Usage> usage) {
		windows.roll();
		usage.forEach((line, more) -> windows.accounts().book().add(windows.month(), line, more));
	}

	/**
	 * Returns the spend to save for the next run.
	 */
	public synchronized Spend spend() {
		Instant now = windows.roll();
		return SavedSpend.save(now, windows, new Spend.Accounts(windows.month(), windows.accounts().knownSince(),
				windows.accounts().book().accounts()));
	}

	/**
	 * Restores the accounts of earlier months.
	 */
	public synchronized void restore(Map<YearMonth, Account> months) {
		windows.accounts().book().restore(months);
	}

	/**
	 * Restores the spend of an earlier run.
	 */
	public synchronized void restore(Spend earlier) {
		SavedSpend saved = new SavedSpend(earlier, windows.minute(), windows.roll());
		windows.calendar().forEach(saved::restore);
		saved.restoreMinute();
		restoreAccounts(earlier);
		windows.dropAssumed();
		AssumedCalls.logRestored(earlier, windows.calendar());
	}

	// The calls of a period that has ended meanwhile, with those that may have been made
	// unsaved.
	private void restoreAccounts(Spend earlier) {
		Book book = windows.accounts().book();
		book.restore(earlier.months());
		Spend.Accounts accounts = earlier.accounts();
		if (accounts != null) {
			windows.accounts().restoreKnownSince(accounts.since());
		}
		CalendarWindow longest = windows.accounts().longest();
		if (longest != null) {
			Map<Instant, EarlierPeriods.Calls> ended = longest.calls().earlier().all();
			earlier.window(longest.name())
				.currentStart()
				.filter(ended::containsKey)
				.ifPresent((start) -> book.put(Period.month(start), start,
						Objects.requireNonNull(ended.get(start)).balance()));
		}
	}

	/**
	 * Assumes an even spend and an empty minute, after an earlier run whose spend is
	 * unknown.
	 */
	public synchronized void restoreUnknown() {
		Instant now = windows.roll();
		windows.calendar().forEach((window) -> window.calls().assumeEvenSpend(now));
		if (windows.minute() != null) {
			windows.minute().restoreUnknown();
		}
	}

}
