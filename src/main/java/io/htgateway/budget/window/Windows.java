package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.Plan;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
import io.htgateway.budget.account.Book;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Usage;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of the plan, which grant or refuse calls together. Not thread-safe.
 */
public final class Windows {

	private static final Logger LOG = LoggerFactory.getLogger(Windows.class);

	private final InstantSource clock;

	private final InstantSource elapsed;

	private final @Nullable MinuteWindow minute;

	private Instant rolledAt;

	private Instant elapsedAtRoll;

	private final List<CalendarWindow> calendar = new ArrayList<>();

	private final boolean assumesEvenSpend;

	private final Book book = new Book();

	private Windows(Plan.Limits limits, long minuteLimit, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		double reserve = properties.interactiveReserve();
		Instant now = clock.instant();
		this.clock = clock;
		this.elapsed = Dates.elapsed(clock);
		this.rolledAt = now;
		this.elapsedAtRoll = elapsed.instant();
		this.minute = (limits.perMinute() > 0) ? new MinuteWindow(minuteLimit, reserve, shares, clock) : null;
		if (limits.perDay() > 0) {
			calendar.add(new CalendarWindow("day", limits.perDay(), reserve, Period::day, shares, now));
		}
		if (limits.perMonth() > 0) {
			calendar.add(new CalendarWindow("month", limits.perMonth(), reserve,
					(time) -> Period.month(time, properties.billingDay()), shares, now));
		}
		this.assumesEvenSpend = properties.assumeEvenSpend();
		dropAssumed();
	}

	/**
	 * Returns the windows of one replica, each with an equal part of the limit.
	 */
	public static Windows ofOne(BudgetProperties properties, Shares shares, InstantSource clock) {
		Plan.Limits limits = properties.limits();
		return new Windows(limits, limits.perMinute(), properties, shares, clock);
	}

	/**
	 * Returns the windows of all replicas together. The minute is without the fallback
	 * parts.
	 */
	public static Windows ofAll(BudgetProperties properties, Shares shares, InstantSource clock) {
		Plan.Limits limits = properties.limitsOfAll();
		long parts = FallbackPart.ofAll(limits.perMinute(), properties.replicas());
		return new Windows(limits, limits.perMinute() - parts, properties, shares, clock);
	}

	/**
	 * Returns the minute, or null if the plan does not limit it.
	 */
	public @Nullable MinuteWindow minute() {
		return minute;
	}

	/**
	 * Returns the day and the month, as far as the plan limits them.
	 */
	public List<CalendarWindow> calendar() {
		return calendar;
	}

	/**
	 * Returns the elapsed time, by which the minute is measured.
	 */
	public Instant elapsed() {
		return elapsed.instant();
	}

	/**
	 * Moves all windows to the current time and returns it.
	 */
	public Instant roll() {
		Instant now = clock.instant();
		Instant elapsedNow = elapsed.instant();
		boolean jump = Dates.isJump(Duration.between(rolledAt, now), Duration.between(elapsedAtRoll, elapsedNow));
		rolledAt = now;
		elapsedAtRoll = elapsedNow;
		calendar.forEach((window) -> roll(window, now, jump));
		if (minute != null) {
			minute.roll();
		}
		return now;
	}

	private void roll(CalendarWindow window, Instant now, boolean jump) {
		Period before = window.period();
		EarlierPeriods.Calls calls = window.calls().toRemember();
		if (window.roll(now, jump) && window.equals(longest())) {
			book.put(before.month(), before.start(), calls.balance());
		}
	}

	/**
	 * Returns the accounts of the calls that are counted here, with the balance of the
	 * current period.
	 */
	Book book() {
		CalendarWindow longest = longest();
		if (longest != null) {
			book.put(month(), longest.period().start(), longest.calls().toRemember().balance());
		}
		return book;
	}

	/**
	 * Returns the longest window with a calendar, or null if the plan limits neither the
	 * day nor the month.
	 */
	@Nullable CalendarWindow longest() {
		return calendar.isEmpty() ? null : calendar.getLast();
	}

	/**
	 * Returns the calendar month in which the current period of the longest window
	 * begins.
	 */
	public YearMonth month() {
		CalendarWindow longest = longest();
		return (longest != null) ? longest.period().month() : Period.month(clock.instant());
	}

	/**
	 * Counts a call of the account.
	 * @param at the current date
	 */
	public void count(String account, String endpoint, Instant at) {
		book.add(month(), new Line(account, endpoint), Usage.ofCalls(1));
		calendar.forEach((window) -> window.count(account));
		if (minute != null) {
			minute.count(account, at);
		}
	}

	/**
	 * Releases a call of the account that was counted at the given time.
	 */
	public void release(Instant at, String account, String endpoint) {
		roll();
		boolean released = calendar.isEmpty();
		for (CalendarWindow window : calendar) {
			released = window.release(at, account);
		}
		if (released && isCurrent(at)) {
			book.add(month(), new Line(account, endpoint), Usage.ofCalls(-1));
		}
		if (minute != null) {
			minute.release(at, account);
		}
	}

	private boolean isCurrent(Instant at) {
		CalendarWindow longest = longest();
		return (longest != null) ? longest.period().contains(at) : Period.month(at).equals(month());
	}

	/**
	 * Drops the calls of an even spend, unless it is to be assumed.
	 */
	void dropAssumed() {
		if (!assumesEvenSpend) {
			calendar.forEach((window) -> window.calls().assumeOnlyCharged());
		}
	}

	/**
	 * Replaces the shares of accounts.
	 */
	public void replace(Shares shares) {
		Instant now = roll();
		calendar.forEach((window) -> window.replace(shares, now));
		if (minute != null) {
			minute.replace(shares);
		}
	}

	/**
	 * Requires that every window has a call for the account.
	 * @throws BudgetExhausted if a window has no call
	 */
	public void require(Priority priority, String account) {
		require(priority, account, minute);
	}

	/**
	 * Requires that every window has a call for the account.
	 * @param currentMinute the minute to use instead of {@link #minute()}
	 * @throws BudgetExhausted if a window has no call
	 */
	public void require(Priority priority, String account, @Nullable MinuteWindow currentMinute) {
		BudgetExhausted refusal = refusal(priority, currentMinute);
		if (refusal != null) {
			calendar.forEach(Windows::logIfNewlySpent);
			throw refusal;
		}
		requireShare(account, currentMinute);
	}

	/**
	 * Returns why no call of the given priority is possible, or null if one is possible.
	 */
	public @Nullable BudgetExhausted refusal(Priority priority) {
		return refusal(priority, minute);
	}

	/**
	 * Returns why no call of the given priority is possible, or null if one is possible.
	 * Of several spent windows, the one that stays spent longest is the reason.
	 * @param currentMinute the minute to use instead of {@link #minute()}
	 */
	public @Nullable BudgetExhausted refusal(Priority priority, @Nullable MinuteWindow currentMinute) {
		Instant now = roll();
		BudgetExhausted longest = null;
		if (currentMinute != null && !currentMinute.allows(priority)) {
			longest = new BudgetExhausted(MinuteWindow.NAME, currentMinute.wait(priority));
		}
		for (CalendarWindow window : calendar) {
			if (!window.allows(priority, now)) {
				Duration wait = window.wait(priority, now);
				boolean longer = longest == null || wait.compareTo(longest.retryAfter()) > 0;
				longest = longer ? new BudgetExhausted(window.name(), wait) : longest;
			}
		}
		return longest;
	}

	// Logged once for each period, and not if only the reserve is left.
	private static void logIfNewlySpent(CalendarWindow window) {
		if (window.isNewlySpent()) {
			LOG.warn("Budget is spent: window={} limit={} until={}", window.name(), window.limit(),
					window.period().end());
		}
	}

	private void requireShare(String account, @Nullable MinuteWindow currentMinute) {
		Instant now = clock.instant();
		for (CalendarWindow window : calendar) {
			if (!window.leavesOthersReservations(account)) {
				throw BudgetExhausted.ofShare(window.name(), window.shareWait(account, now));
			}
		}
		if (currentMinute != null && !currentMinute.leavesOthersReservations(account)) {
			throw BudgetExhausted.ofShare(MinuteWindow.NAME, currentMinute.shareWait(account));
		}
	}

}
