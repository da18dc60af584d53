package io.htgateway.budget;

import java.time.Duration;

/**
 * A window of the budget is spent, as far as this kind of call may spend it, or the
 * gateway shuts down; no call was made.
 */
@SuppressWarnings("serial")
public final class BudgetExhausted extends RuntimeException {

	private final String window;

	private final Duration retryAfter;

	private final boolean share;

	/**
	 * Nobody can make such a call.
	 */
	public BudgetExhausted(String window, Duration retryAfter) {
		this("the budget of upstream calls for this " + window + " is spent", window, retryAfter, false);
	}

	private BudgetExhausted(String message, String window, Duration retryAfter, boolean share) {
		super(message, null, false, false);
		this.window = window;
		this.retryAfter = retryAfter;
		this.share = share;
	}

	/**
	 * The account cannot make such a call, and what is left is kept for others.
	 */
	public static BudgetExhausted ofShare(String window, Duration retryAfter) {
		return new BudgetExhausted("the team's share of the upstream calls for this " + window + " is spent", window,
				retryAfter, true);
	}

	/**
	 * The gateway shuts down: another one has to make the call.
	 */
	static BudgetExhausted ofEnd() {
		return new BudgetExhausted("the gateway shuts down and makes no more upstream calls", "run",
				Duration.ofSeconds(1), false);
	}

	/**
	 * Whether others can still make calls.
	 */
	public boolean isOfShare() {
		return share;
	}

	/**
	 * Which window it is: minute, day or month, or the run that ends.
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
