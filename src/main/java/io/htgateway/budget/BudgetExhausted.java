package io.htgateway.budget;

import java.time.Duration;
import java.util.Objects;

/**
 * The refusal of an upstream call: a window of the budget has no call left for it, the
 * call cannot be counted, or the gateway shuts down.
 */
@SuppressWarnings("serial")
public final class BudgetExhausted extends RuntimeException {

	private static final String SHUTDOWN = "run";

	private final String window;

	private final Duration retryAfter;

	private final boolean share;

	private final boolean uncounted;

	private final boolean refresh;

	/**
	 * Creates a refusal that applies to every account.
	 * @param window minute, day or month
	 * @param retryAfter time until a call may be made
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
	 * Returns a refusal that applies to one account: all calls left are reserved for
	 * other accounts.
	 */
	public static BudgetExhausted ofShare(String window, Duration retryAfter) {
		return new BudgetExhausted("the team's share of the upstream calls for this " + window + " is spent", window,
				retryAfter, true, false, false);
	}

	/**
	 * Returns a refusal for one background task that has used up its share of the plan.
	 * @param retryAfter time until the task may make its next call
	 */
	public static BudgetExhausted ofTask(Duration retryAfter) {
		return new BudgetExhausted("the task's share of the upstream calls is spent", "day", retryAfter, true, false,
				true);
	}

	/**
	 * Returns this refusal for a replica that cannot reach the ledger and has used up its
	 * fallback part.
	 * @param later time until a call may be made
	 */
	public BudgetExhausted uncounted(Duration later) {
		return new BudgetExhausted(
				"the shared count of upstream calls is unavailable, and the calls that "
						+ (share ? "the team may use" : "this replica may make") + " without it are used up",
				window, later, share, true, refresh);
	}

	/**
	 * Returns this refusal for a replica that has neither reached the ledger nor made a
	 * call since its start. Its previous run may have used up the fallback part.
	 * @param later time until a call may be made
	 */
	public BudgetExhausted uncountedYet(Duration later) {
		return new BudgetExhausted("the shared count of upstream calls has been unavailable since this replica started,"
				+ " and no call may be made without it yet", window, later, share, true, refresh);
	}

	/**
	 * Returns the refusal of every call during shutdown: another gateway has to make it.
	 */
	public static BudgetExhausted ofShutdown() {
		return new BudgetExhausted("the gateway is shutting down and makes no more upstream calls", SHUTDOWN,
				Duration.ofSeconds(1), false, false, false);
	}

	/**
	 * Returns this refusal for a call of the given priority.
	 */
	public BudgetExhausted forPriority(Priority priority) {
		return (priority == Priority.REFRESH && !isShutdown())
				? new BudgetExhausted(Objects.requireNonNull(getMessage()), window, retryAfter, share, uncounted, true)
				: this;
	}

	/**
	 * Returns whether only this account is refused: other accounts may still make calls.
	 */
	public boolean isOfShare() {
		return share;
	}

	/**
	 * Returns whether a refresh was refused: calls for waiting clients may be left.
	 */
	public boolean isOfRefresh() {
		return refresh;
	}

	/**
	 * Returns whether the ledger could not be reached: more calls may be left than this
	 * replica knows of.
	 */
	public boolean isUncounted() {
		return uncounted;
	}

	/**
	 * Returns whether the call was refused because the gateway shuts down, whatever is
	 * left of the budget.
	 */
	public boolean isShutdown() {
		return window.equals(SHUTDOWN);
	}

	/**
	 * Returns the window: minute, day or month, or run during shutdown.
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
