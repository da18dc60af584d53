package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.Plan;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
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

	private final InstantSource waiting;

	private final @Nullable MinuteWindow minute;

	private Instant rolledAt;

	private Instant passedAt;

	private final List<CalendarWindow> calendar = new ArrayList<>();

	private final boolean assumesEvenSpend;

	private Windows(Plan.Limits limits, LongFunction<MinuteRate> rate, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		double reserve = properties.interactiveReserve();
		Instant now = clock.instant();
		this.clock = clock;
		this.waiting = Dates.elapsed(clock);
		this.rolledAt = now;
		this.passedAt = waiting.instant();
		this.minute = (limits.perMinute() > 0)
				? new MinuteWindow(rate.apply(limits.perMinute()), reserve, shares, clock) : null;
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
	 * Returns the windows of one replica, which has an equal part of each limit.
	 */
	public static Windows ofOne(BudgetProperties properties, Shares shares, InstantSource clock) {
		return new Windows(properties.limits(), MinuteRate::ofOne, properties, shares, clock);
	}

	/**
	 * Returns the windows of all replicas together.
	 */
	public static Windows ofAll(BudgetProperties properties, Shares shares, InstantSource clock) {
		return new Windows(properties.limitsOfAll(), MinuteRate::ofAll, properties, shares, clock);
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
	 * Moves all windows on to the current time, and returns it.
	 */
	public Instant roll() {
		Instant now = clock.instant();
		Instant passed = waiting.instant();
		boolean jump = Dates.isJump(Duration.between(rolledAt, now), Duration.between(passedAt, passed));
		rolledAt = now;
		passedAt = passed;
		calendar.forEach((window) -> window.roll(now, jump));
		if (minute != null) {
			minute.roll();
		}
		return now;
	}

	/**
	 * Counts a call of the account.
	 */
	public void count(String account) {
		calendar.forEach((window) -> window.count(account));
		if (minute != null) {
			minute.count(account);
		}
	}

	/**
	 * Takes back a call of the account that was counted at the given time.
	 */
	public void release(Instant at, String account) {
		roll();
		calendar.forEach((window) -> window.release(at, account));
		if (minute != null) {
			minute.release(account);
		}
	}

	/**
	 * Drops the calls of an even spend, unless they are to be assumed.
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
	 * @throws BudgetExhausted if one has none
	 */
	public void require(Priority priority, String account) {
		require(priority, account, minute);
	}

	/**
	 * Requires that every window has a call for the account.
	 * @param present the minute to use instead of the own one
	 * @throws BudgetExhausted if one has none
	 */
	public void require(Priority priority, String account, @Nullable MinuteWindow present) {
		BudgetExhausted refusal = refusal(priority, present);
		if (refusal != null) {
			calendar.forEach(Windows::tell);
			throw refusal;
		}
		requireShare(account, present);
	}

	/**
	 * Returns the reason why no such call is possible, or null if one is.
	 */
	public @Nullable BudgetExhausted refusal(Priority priority) {
		return refusal(priority, minute);
	}

	/**
	 * Returns the reason why no such call is possible, or null if one is: of the windows
	 * that are spent, the one that stays so for the longest.
	 * @param present the minute to use instead of the own one
	 */
	public @Nullable BudgetExhausted refusal(Priority priority, @Nullable MinuteWindow present) {
		Instant now = roll();
		BudgetExhausted longest = null;
		if (present != null && !present.allows(priority)) {
			longest = new BudgetExhausted(MinuteWindow.NAME, present.wait(priority));
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

	// Once in each window, and not where only the reserve is left.
	private static void tell(CalendarWindow window) {
		if (window.isNewlySpent()) {
			LOG.warn("Budget is spent: window={} limit={} until={}", window.name(), window.limit(),
					window.period().end());
		}
	}

	private void requireShare(String account, @Nullable MinuteWindow present) {
		Instant now = clock.instant();
		for (CalendarWindow window : calendar) {
			if (!window.leavesTheOthers(account)) {
				throw BudgetExhausted.ofShare(window.name(), window.shareWait(account, now));
			}
		}
		if (present != null && !present.leavesTheOthers(account)) {
			throw BudgetExhausted.ofShare(MinuteWindow.NAME, present.shareWait(account));
		}
	}

}
