package io.htgateway.budget.window;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;

import io.htgateway.budget.account.Book;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of the calls that are counted in the windows. A call is entered in the month
 * in which the current period of the longest window begins. Not thread-safe.
 */
final class MonthAccounts {

	private final Book book = new Book();

	private final @Nullable CalendarWindow longest;

	private final InstantSource clock;

	private @Nullable Instant knownSince;

	/**
	 * Creates empty accounts.
	 * @param longest the longest window with a calendar, or null if the plan limits
	 * neither the day nor the month
	 */
	MonthAccounts(@Nullable CalendarWindow longest, InstantSource clock) {
		this.longest = longest;
		this.clock = clock;
		this.knownSince = clock.instant();
	}

	/**
	 * Returns the accounts, with the balance of the current period.
	 */
	Book book() {
		if (longest != null) {
			book.put(month(), longest.period().start(), longest.calls().toRemember().balance());
		}
		return book;
	}

	/**
	 * Returns the current month.
	 */
	YearMonth month() {
		return (longest != null) ? longest.period().month() : Period.month(clock.instant());
	}

	/**
	 * Returns since when the calls are known, if that is in the current month; otherwise
	 * null.
	 */
	@Nullable Instant knownSince() {
		return (knownSince != null && start().isBefore(knownSince)) ? knownSince : null;
	}

	/**
	 * Restores since when the calls are known: null if the whole month is.
	 */
	void restoreKnownSince(@Nullable Instant earlier) {
		knownSince = earlier;
	}

	/**
	 * Returns when the account of the current month began.
	 */
	Instant since() {
		Instant later = knownSince();
		return (later != null) ? later : start();
	}

	/**
	 * Returns when the current month began.
	 */
	Instant start() {
		return (longest != null && longest.name().equals("month")) ? longest.period().start()
				: month().atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	/**
	 * Returns the longest window, or null if the plan limits neither the day nor the
	 * month.
	 */
	@Nullable CalendarWindow longest() {
		return longest;
	}

	/**
	 * Enters the balance of a period that the window has left.
	 */
	void left(CalendarWindow window, Period period, EarlierPeriods.Calls calls) {
		if (window.equals(longest)) {
			book.put(period.month(), period.start(), calls.balance());
		}
	}

	/**
	 * Enters a call.
	 */
	void count(Line line) {
		book.add(month(), line, Usage.ofCalls(1));
	}

	/**
	 * Takes back a call that was entered in the current month.
	 */
	void release(Line line) {
		book.add(month(), line, Usage.ofCalls(-1));
	}

}
