package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.FallbackPart;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * The fallback part of this replica, which it may spend while the ledger is unavailable:
 * a part of each minute that no other replica spends, and an equal part of what is left
 * of the day and the month. The only replica has the whole minute. Not thread-safe.
 */
final class Fallback {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final Windows windows;

	private final int replicas;

	private final boolean perMinute;

	private final boolean isWhole;

	// Full at the start: the previous run may have used it up a moment ago.
	private final @Nullable MinuteWindow minute;

	Fallback(Windows windows, BudgetProperties properties, Shares shares, InstantSource clock) {
		this.windows = windows;
		this.replicas = properties.replicas();
		long limit = properties.limitsOfAll().perMinute();
		this.perMinute = limit > 0;
		this.isWhole = replicas == 1;
		this.minute = isWhole ? windows.minute() : part(FallbackPart.ofOne(limit, replicas), properties, shares, clock);
		if (minute != null) {
			minute.restoreUnknown();
		}
	}

	private static @Nullable MinuteWindow part(long limit, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		return (limit > 0) ? new MinuteWindow(limit, properties.interactiveReserve(), shares, clock) : null;
	}

	/**
	 * Returns whether the fallback part is the whole minute: this is the only replica.
	 */
	boolean isWhole() {
		return isWhole;
	}

	/**
	 * Replaces the shares of accounts.
	 */
	void replace(Shares shares) {
		if (minute != null && !isWhole) {
			minute.replace(shares);
		}
	}

	/**
	 * Limits each day and month to this replica's part.
	 */
	void divide() {
		windows.calendar().forEach((window) -> window.divide(replicas));
	}

	/**
	 * Returns the current minute, or null if the minute is not limited or this replica
	 * may not make a call in it.
	 */
	@Nullable MinuteWindow minute() {
		if (minute != null) {
			minute.roll();
		}
		return minute;
	}

	/**
	 * Charges a call to the fallback part.
	 * @throws BudgetExhausted if it has no call left
	 */
	void charge(Priority priority, String account) {
		divide();
		requireFallback();
		windows.require(priority, account, minute());
		windows.calendar().forEach((window) -> window.countUnreported(account));
		if (minute != null) {
			minute.count(account);
		}
	}

	private void requireFallback() {
		if (perMinute && minute == null) {
			throw new BudgetExhausted(MinuteWindow.NAME, MINUTE);
		}
	}

	/**
	 * Returns why no call may be made, or null if one may be made.
	 */
	@Nullable BudgetExhausted refusal(Priority priority) {
		divide();
		return (perMinute && minute == null) ? new BudgetExhausted(MinuteWindow.NAME, MINUTE)
				: windows.refusal(priority, minute());
	}

}
