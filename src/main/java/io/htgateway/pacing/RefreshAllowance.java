package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.BudgetSnapshot;

/**
 * The refreshes that may be made now: they come in at the rate that the budget affords
 * after what else is spent, and are kept up to one for each key. Not thread-safe.
 */
final class RefreshAllowance {

	/**
	 * How far back the other calls count that are expected to go on.
	 */
	private static final double MEMORY_SECONDS = Duration.ofDays(2).toSeconds();

	/**
	 * Part of the rate that refreshes have whatever the other calls are.
	 */
	private static final double MIN_PART = 0.25;

	private static final double MIN_RATE = 1e-9;

	private Instant at;

	private BudgetSnapshot last;

	private double otherRate;

	private double rate;

	private double saved;

	private long granted;

	RefreshAllowance(Instant now, BudgetSnapshot budget) {
		this.at = now;
		this.last = budget;
		this.rate = budget.refreshRate();
	}

	/**
	 * Refreshes per second that can be afforded.
	 */
	double rate() {
		return rate;
	}

	/**
	 * Goes on to the given time.
	 * @param coldLoads interactive calls since the last time that only started the use of
	 * a key
	 */
	void advance(Instant now, BudgetSnapshot budget, long coldLoads, int keys) {
		double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
		double others = Math.max(0, budget.interactiveCalls() - last.interactiveCalls() - coldLoads);
		double weight = Math.exp(-seconds / MEMORY_SECONDS);
		otherRate = otherRate * weight + others / MEMORY_SECONDS;
		rate = Math.max(MIN_RATE, Math.max(budget.refreshRate() - otherRate, budget.refreshRate() * MIN_PART));
		long made = budget.refreshCalls() - last.refreshCalls();
		saved = Math.clamp(saved + rate * seconds - made, -keys, Math.max(1, keys));
		granted = 0;
		at = now;
		last = budget;
	}

	/**
	 * Takes one refresh, if there is one.
	 */
	boolean take() {
		if (saved - granted < 1) {
			return false;
		}
		granted++;
		return true;
	}

}
