package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that the plan allows: each one is charged before it goes out, and refused
 * where any window has no place for it. Keeps a part for clients that wait.
 */
public final class CallBudget {

	private static final Logger LOG = LoggerFactory.getLogger(CallBudget.class);

	private final InstantSource clock;

	private final @Nullable MinuteWindow minute;

	private final List<CalendarWindow> calendar = new ArrayList<>();

	private long interactiveCalls;

	private long refreshCalls;

	CallBudget(BudgetProperties properties, Shares shares, InstantSource clock) {
		Plan.Limits limits = properties.limits();
		double reserve = properties.interactiveReserve();
		Instant now = clock.instant();
		this.clock = clock;
		this.minute = (limits.perMinute() > 0) ? new MinuteWindow(limits.perMinute(), reserve, shares, clock) : null;
		if (limits.perDay() > 0) {
			calendar.add(new CalendarWindow("day", limits.perDay(), reserve, Period::day, shares, now));
		}
		if (limits.perMonth() > 0) {
			calendar.add(new CalendarWindow("month", limits.perMonth(), reserve,
					(time) -> Period.month(time, properties.billingDay()), shares, now));
		}
	}

	/**
	 * Charges one call, right before it goes out: a retry is another one, and what the
	 * answer is does not matter. Never waits.
	 * @param account in whose name it is made
	 * @throws BudgetExhausted when the call must not be made
	 */
	public synchronized Charge charge(Priority priority, String account) {
		BudgetExhausted refusal = refusal(priority);
		if (refusal != null) {
			calendar.forEach(CallBudget::tell);
			throw refusal;
		}
		requireShare(account);
		count(priority, account);
		return new Charge(priority, account, clock.instant());
	}

	/**
	 * Takes back the charge of a call that did not go out after all.
	 */
	public synchronized void release(Charge charge) {
		roll();
		calendar.forEach((window) -> window.release(charge.at(), charge.account()));
		if (minute != null) {
			minute.release(charge.account());
		}
		switch (charge.priority()) {
			case INTERACTIVE -> interactiveCalls--;
			case REFRESH -> refreshCalls--;
		}
	}

	/**
	 * Why a client that waits could get no call now, if it could not.
	 */
	public synchronized Optional<BudgetExhausted> obstacle() {
		return Optional.ofNullable(refusal(Priority.INTERACTIVE));
	}

	// Of the windows that are spent the one that is so for the longest: until then there
	// is no call, whatever becomes of the others.
	private @Nullable BudgetExhausted refusal(Priority priority) {
		Instant now = roll();
		BudgetExhausted longest = null;
		if (minute != null && !minute.allows(priority)) {
			longest = new BudgetExhausted(MinuteWindow.NAME, minute.wait(priority));
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

	private void requireShare(String account) {
		Instant now = clock.instant();
		for (CalendarWindow window : calendar) {
			if (!window.leavesTheOthers(account)) {
				throw BudgetExhausted.ofShare(window.name(), window.shareWait(account, now));
			}
		}
		if (minute != null && !minute.leavesTheOthers(account)) {
			throw BudgetExhausted.ofShare(MinuteWindow.NAME, minute.shareWait(account));
		}
	}

	private void count(Priority priority, String account) {
		calendar.forEach((window) -> window.count(account));
		if (minute != null) {
			minute.count(account);
		}
		switch (priority) {
			case INTERACTIVE -> interactiveCalls++;
			case REFRESH -> refreshCalls++;
		}
	}

	/**
	 * The budget now.
	 */
	public synchronized BudgetSnapshot snapshot() {
		Instant now = roll();
		List<BudgetSnapshot.Window> windows = new ArrayList<>();
		double refreshRate = Double.MAX_VALUE;
		if (minute != null) {
			windows.add(minute.snapshot(now));
			refreshRate = minute.refreshRate();
		}
		long projectedSpend = 0;
		for (CalendarWindow window : calendar) {
			windows.add(window.snapshot(now));
			refreshRate = Math.min(refreshRate, window.refreshRate(now));
			projectedSpend = window.projectedSpend(now);
		}
		return new BudgetSnapshot(windows, interactiveCalls, refreshCalls, refreshRate, projectedSpend);
	}

	/**
	 * Keeps the given shares from now on. What was spent stays spent.
	 */
	public synchronized void replace(Shares shares) {
		Instant now = roll();
		calendar.forEach((window) -> window.replace(shares, now));
		if (minute != null) {
			minute.replace(shares);
		}
	}

	/**
	 * What has to survive a restart.
	 */
	synchronized Spend spend() {
		return Spend.of(roll(), minute, calendar);
	}

	/**
	 * Takes up what an earlier run left.
	 */
	synchronized void restore(Spend earlier) {
		earlier.restoreTo(roll(), minute, calendar);
	}

	private Instant roll() {
		Instant now = clock.instant();
		calendar.forEach((window) -> window.roll(now));
		if (minute != null) {
			minute.roll(now);
		}
		return now;
	}

	/**
	 * A call that was charged.
	 */
	public record Charge(Priority priority, String account, Instant at) {
	}

}
