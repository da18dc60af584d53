package io.htgateway.budget;

import java.time.Instant;
import java.util.List;

import io.htgateway.budget.share.AccountUse;

/**
 * The state of the budget at one moment.
 *
 * @param windows the windows that the plan limits
 * @param interactiveCalls calls since the start for clients that waited
 * @param refreshCalls calls since the start that refreshed a stale response
 * @param refreshRate refreshes per second that every window can sustain until its end
 * @param projectedSpend calls in the longest calendar window at its end, if the rate so
 * far continues; 0 without a calendar window
 */
public record BudgetSnapshot(List<Window> windows, long interactiveCalls, long refreshCalls, double refreshRate,
		long projectedSpend) {

	private static final int LONGEST_MONTH = 31;

	public BudgetSnapshot {
		windows = List.copyOf(windows);
	}

	/**
	 * Returns the most calls in the window of the given name, infinite if the plan does
	 * not limit it.
	 */
	public double limit(String name) {
		return windows.stream()
			.filter((window) -> window.name().equals(name))
			.mapToDouble(Window::limit)
			.findFirst()
			.orElse(Double.POSITIVE_INFINITY);
	}

	/**
	 * Returns the calls that the plan allows on each day of the longest month, infinite
	 * if it limits neither days nor months.
	 */
	public double perDay() {
		return Math.min(limit("day"), limit("month") / LONGEST_MONTH);
	}

	/**
	 * The state of one window.
	 *
	 * @param name minute, day or month
	 * @param limit most calls in the window
	 * @param used calls that were made; in the minute those that have not left it yet
	 * @param assumed calls that may have been made, but were not counted; they count like
	 * used ones
	 * @param elsewhere calls that others made with the same plan, as far as they are
	 * known; they count like used ones
	 * @param remaining calls that may be made at once
	 * @param nextCallAt when the next interactive call may be made: now, or later if no
	 * call is left
	 * @param resetsAt when the whole limit is available again, if no call is made until
	 * then
	 */
	public record Window(String name, long limit, long used, long assumed, long elsewhere, long remaining,
			Instant nextCallAt, Instant resetsAt) {

		/**
		 * Returns the calls of an account in this window.
		 * @param share calls that are guaranteed to the account
		 * @param made calls that were made for it
		 * @param possible calls that other accounts leave to it
		 */
		public AccountUse use(long share, long made, long possible) {
			return new AccountUse(name, limit, share, made, Math.clamp(possible, 0, remaining), resetsAt);
		}

	}

}
