package io.htgateway.budget;

import java.time.Duration;
import java.util.Objects;

/**
 * No call was made: a window of the budget is spent for this kind of call, the call
 * cannot be counted, or the gateway shuts down.
 */
@SuppressWarnings("serial")
public final class BudgetExhausted extends RuntimeException {

	private static final String RUN = "run";

	private final String window;

	private final Duration retryAfter;

	private final boolean share;

	private final boolean uncounted;

	private final boolean refresh;

	/**
	 * Creates the refusal of such calls for every account.
	 */
	public BudgetExhausted(String window, Duration retryAfter) {
		this("the budget of upstream calls for this " + window + " is spent", window, retryAfter, false, false, false);
	}

	private BudgetExhausted(String message, String window, Duration retryAfter, boolean share, boolean uncounted,
			boolean refresh) {
		super(message, null, false, false);
		this.window = window;
		this.retryAfter = retryAfter;
		this.share = share;
		this.uncounted = uncounted;
		this.refresh = refresh;
	}

	/**
	 * Returns the refusal of a call because all calls left are reserved for other
	 * accounts.
	 */
	public static BudgetExhausted ofShare(String window, Duration retryAfter) {
		return new BudgetExhausted("the team's share of the upstream calls for this " + window + " is spent", window,
				retryAfter, true, false, false);
	}

	/**
	 * Returns the same refusal for a replica that cannot reach the shared count and has
	 * used up its own part.
	 */
	public BudgetExhausted uncounted(Duration later) {
		return new BudgetExhausted(
				"the shared count of upstream calls cannot be reached, and the calls that "
						+ (share ? "the team may have" : "this replica may make") + " without it are used up",
				window, later, share, true, refresh);
	}

	/**
	 * Returns the same refusal for a replica that has not reached the shared count since
	 * its start and has made no call: the run before it may have used up the part.
	 */
	public BudgetExhausted uncountedYet(Duration later) {
		return new BudgetExhausted("the shared count of upstream calls has not been reached since this replica started,"
				+ " and without it no call may be made yet", window, later, share, true, refresh);
	}

	/**
	 * Returns the refusal of a gateway that shuts down: another one has to make the call.
	 */
	public static BudgetExhausted ofEnd() {
		return new BudgetExhausted("the gateway shuts down and makes no more upstream calls", RUN,
				Duration.ofSeconds(1), false, false, false);
	}

	/**
	 * Returns the same refusal of a call that was made for the given purpose.
	 */
	public BudgetExhausted to(Priority priority) {
		return (priority == Priority.REFRESH && !isOfEnd())
				? new BudgetExhausted(Objects.requireNonNull(getMessage()), window, retryAfter, share, uncounted, true)
				: this;
	}

	/**
	 * Returns whether other accounts can still make calls.
	 */
	public boolean isOfShare() {
		return share;
	}

	/**
	 * Returns whether a refresh was refused: calls for clients that wait may be left.
	 */
	public boolean isOfRefresh() {
		return refresh;
	}

	/**
	 * Returns whether the shared count could not be reached, so that more calls may be
	 * left than this replica knows of.
	 */
	public boolean isUncounted() {
		return uncounted;
	}

	/**
	 * Returns whether the gateway shuts down, so that nothing is said of the budget.
	 */
	public boolean isOfEnd() {
		return window.equals(RUN);
	}

	/**
	 * Returns the window: minute, day or month, or run when the gateway shuts down.
	 */
	public String window() {
		return window;
	}

	/**
	 * Returns the time until a call may be made again.
	 */
	public Duration retryAfter() {
		return retryAfter;
	}

}
