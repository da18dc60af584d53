package io.htgateway.budget;

/**
 * Numbers of calls by priority.
 */
public record CallCounts(long interactive, long refresh) {

	/**
	 * No calls.
	 */
	public static final CallCounts NONE = new CallCounts(0, 0);

	/**
	 * Returns one call of the given priority.
	 */
	public static CallCounts one(Priority priority) {
		return switch (priority) {
			case INTERACTIVE -> new CallCounts(1, 0);
			case REFRESH -> new CallCounts(0, 1);
		};
	}

	/**
	 * Returns the sum of these and the given calls.
	 */
	public CallCounts plus(CallCounts more) {
		return new CallCounts(interactive + more.interactive, refresh + more.refresh);
	}

	/**
	 * Returns these numbers with the opposite sign, to take the calls back.
	 */
	public CallCounts negated() {
		return new CallCounts(-interactive, -refresh);
	}

}
