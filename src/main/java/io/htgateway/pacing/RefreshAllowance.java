package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.BudgetSnapshot;

/**
 * The number of refreshes that may be made now. It grows at the rate that the budget
 * affords besides the other calls, up to one refresh for each key. Not thread-safe.
 */
final class RefreshAllowance {

	/**
	 * Time over which the rate of other calls is averaged, as they are expected to go on.
	 */
	private static final double AVERAGE_SECONDS = Duration.ofDays(2).toSeconds();

	/**
	 * Part of the affordable rate that refreshes get regardless of other calls.
	 */
	private static final double MIN_PART = 0.25;

	private static final double MIN_RATE = 1e-9;

	private Instant at;

	private BudgetSnapshot last;

	private double otherRate;

	private double rate;

	private double accrued;

	private long granted;

	RefreshAllowance(Instant now, BudgetSnapshot budget) {
		this.at = now;
		this.last = budget;
		this.rate = budget.refreshRate();
	}

	/**
	 * Returns the refreshes per second that the budget affords besides the other calls.
	 */
	double rate() {
		return rate;
	}

	/**
	 * Advances to the given time.
	 * @param coldLoads interactive calls since the last time that loaded a key which was
	 * not in use
	 * @param keys number of keys in use
	 */
	void advance(Instant now, BudgetSnapshot budget, long coldLoads, int keys) {
		double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
		double otherCalls = Math.max(0, budget.interactiveCalls() - last.interactiveCalls() - coldLoads);
		double weight = Math.exp(-seconds / AVERAGE_SECONDS);
		otherRate = otherRate * weight + otherCalls / AVERAGE_SECONDS;
		rate = Math.max(MIN_RATE, Math.max(budget.refreshRate() - otherRate, budget.refreshRate() * MIN_PART));
		long made = budget.refreshCalls() - last.refreshCalls();
		accrued = Math.clamp(accrued + rate * seconds - made, -keys, Math.max(1, keys));
		granted = 0;
		at = now;
		last = budget;
	}

	/**
	 * Acquires a permit for one refresh, if one is left.
	 */
	boolean tryAcquire() {
		if (accrued - granted < 1) {
			return false;
		}
		granted++;
		return true;
	}

}
