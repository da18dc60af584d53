package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.FallbackPart;
import io.htgateway.budget.Plan;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.share.Shares;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * The windows of the plan, which grant or refuse calls together. Not thread-safe.
 */
public final class Windows {

	private final InstantSource clock;

	private final InstantSource elapsed;

	private final @Nullable MinuteWindow minute;

	private Instant rolledAt;

	private Instant elapsedAtRoll;

	private final List<CalendarWindow> calendar = new ArrayList<>();

	private final boolean assumesEvenSpend;

	private final MonthAccounts accounts;

	private final Refusals refusals = new Refusals(calendar);

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
		this.accounts = new MonthAccounts(calendar.isEmpty() ? null : calendar.getLast(), clock);
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
		if (window.roll(now, jump)) {
			accounts.left(window, before, calls);
		}
	}

	/**
	 * Returns the accounts of the calls that are counted here.
	 */
	MonthAccounts accounts() {
		return accounts;
	}

	/**
	 * Returns the calendar month in which the current period of the longest window
	 * begins.
	 */
	public YearMonth month() {
		return accounts.month();
	}

	/**
	 * Counts a call of the account.
	 * @return the date that the call is counted at: that of the last {@link #roll()}
	 */
	public Instant count(String account, String endpoint) {
		Instant at = rolledAt;
		accounts.count(new Line(account, endpoint));
		calendar.forEach((window) -> window.count(account));
		if (minute != null) {
			minute.count(account, at);
		}
		return at;
	}

	/**
	 * Releases a call of the account.
	 * @param at the date that it was counted at
	 */
	public void release(Instant at, String account, String endpoint) {
		roll();
		boolean released = calendar.isEmpty() && Period.month(at).equals(month());
		for (CalendarWindow window : calendar) {
			released = window.release(at, account);
		}
		if (released) {
			accounts.release(new Line(account, endpoint));
		}
		if (minute != null) {
			minute.release(at, account);
		}
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
	 * @param currentMinute the minute to use instead of {@link #minute()}
	 * @throws BudgetExhausted if a window has no call
	 */
	public void require(Priority priority, String account, @Nullable MinuteWindow currentMinute) {
		refusals.require(priority, account, currentMinute, roll());
	}

	/**
	 * Returns why no call of the given priority is possible, or null if one is possible.
	 * @param currentMinute the minute to use instead of {@link #minute()}
	 */
	public @Nullable BudgetExhausted refusal(Priority priority, @Nullable MinuteWindow currentMinute) {
		return refusals.refusal(priority, currentMinute, roll());
	}

}
