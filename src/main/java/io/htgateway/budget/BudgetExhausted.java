package io.htgateway.budget;

import java.time.Duration;

/**
 * A window of the budget is spent, as far as this kind of call may spend it, or nobody
 * can count the call, or the gateway shuts down; no call was made.
 */
@SuppressWarnings("serial")
public final class BudgetExhausted extends RuntimeException {

	private final String window;

	private final Duration retryAfter;

	private final boolean share;

	private final boolean uncounted;

	/**
	 * Nobody can make such a call.
	 */
	public BudgetExhausted(String window, Duration retryAfter) {
		this("the budget of upstream calls for this " + window + " is spent", window, retryAfter, false, false);
	}

	private BudgetExhausted(String message, String window, Duration retryAfter, boolean share, boolean uncounted) {
		super(message, null, false, false);
		this.window = window;
		this.retryAfter = retryAfter;
		this.share = share;
		this.uncounted = uncounted;
	}

	/**
	 * The account cannot make such a call, and what is left is kept for others.
	 */
	public static BudgetExhausted ofShare(String window, Duration retryAfter) {
		return new BudgetExhausted("the team's share of the upstream calls for this " + window + " is spent", window,
				retryAfter, true, false);
	}

	/**
	 * The same for a replica that cannot reach the count of all replicas, and has used up
	 * only what it may spend without it.
	 */
	BudgetExhausted uncounted(Duration later) {
		return new BudgetExhausted(
				"the shared count of upstream calls cannot be reached, and the calls that "
						+ (share ? "the team may have" : "this replica may make") + " without it are used up",
				window, later, share, true);
	}

	/**
	 * The gateway shuts down: another one has to make the call.
	 */
	static BudgetExhausted ofEnd() {
		return new BudgetExhausted("the gateway shuts down and makes no more upstream calls", "run",
				Duration.ofSeconds(1), false, false);
	}

	/**
	 * Whether others can still make calls.
	 */
	public boolean isOfShare() {
		return share;
	}

	/**
	 * Whether the shared count could not be reached, so that more calls may be left than
	 * is known.
	 */
	public boolean isUncounted() {
		return uncounted;
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
