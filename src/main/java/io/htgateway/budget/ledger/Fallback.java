package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
import io.htgateway.budget.window.MinuteRate;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * Own part of this replica, which it falls back to while the ledger is unavailable: a
 * part of each minute that no other replica spends, and a part of the rest of the day and
 * the month. Not thread-safe.
 */
final class Fallback {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final Windows windows;

	private final int replicas;

	private final boolean perMinute;

	private final @Nullable MinuteWindow minute;

	Fallback(Windows windows, BudgetProperties properties, Shares shares, InstantSource clock) {
		this.windows = windows;
		this.replicas = properties.replicas();
		long limit = properties.limitsOfAll().perMinute();
		this.perMinute = limit > 0;
		this.minute = minute(MinuteRate.ownParts(limit) / replicas, properties, shares, clock);
	}

	// Empty at the start: the previous run may have used it up a moment ago.
	private static @Nullable MinuteWindow minute(long limit, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		if (limit == 0) {
			return null;
		}
		MinuteWindow window = new MinuteWindow(MinuteRate.ofOne(limit), properties.interactiveReserve(), shares, clock);
		window.restoreUnknown();
		return window;
	}

	/**
	 * Replaces the shares of teams.
	 */
	void replace(Shares shares) {
		if (minute != null) {
			minute.replace(shares);
		}
	}

	/**
	 * Limits each day and month to the part of this replica.
	 */
	void divide() {
		windows.calendar().forEach((window) -> window.divide(replicas));
	}

	/**
	 * Returns the current minute, or null if this replica may make no call in it.
	 */
	@Nullable MinuteWindow minute() {
		if (minute != null) {
			minute.roll();
		}
		return minute;
	}

	/**
	 * Charges a call.
	 * @throws BudgetExhausted if the part is used up
	 */
	void charge(Priority priority, String account) {
		divide();
		requireAny();
		windows.require(priority, account, minute());
		windows.calendar().forEach((window) -> window.countApart(account));
		if (minute != null) {
			minute.count(account);
		}
	}

	private void requireAny() {
		if (perMinute && minute == null) {
			throw new BudgetExhausted(MinuteWindow.NAME, MINUTE);
		}
	}

	/**
	 * Returns the reason why no call may be made, or null if one may be made.
	 */
	@Nullable BudgetExhausted refusal(Priority priority) {
		divide();
		return (perMinute && minute == null) ? new BudgetExhausted(MinuteWindow.NAME, MINUTE)
				: windows.refusal(priority, minute());
	}

}
