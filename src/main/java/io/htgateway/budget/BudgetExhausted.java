package io.htgateway.budget;

import java.time.Duration;

/**
 * A window of the budget is spent, as far as this kind of call may spend it; no call was
 * made.
 */
@SuppressWarnings("serial")
public final class BudgetExhausted extends RuntimeException {

	private final String window;

	private final Duration retryAfter;

	public BudgetExhausted(String window, Duration retryAfter) {
		super("the budget of upstream calls for this " + window + " is spent", null, false, false);
		this.window = window;
		this.retryAfter = retryAfter;
	}

	/**
	 * Which window it is: minute, day or month.
	 */
	public String window() {
		return window;
	}

	/**
	 * Time until a call may be made again.
	 */
	public Duration retryAfter() {
		return retryAfter;
	}

}
