package io.htgateway.budget;

/**
 * Numbers of calls by their purpose.
 */
record CallCounts(long interactive, long refresh) {

	static final CallCounts NONE = new CallCounts(0, 0);

	/**
	 * Counts one call.
	 */
	static CallCounts one(Priority priority) {
		return switch (priority) {
			case INTERACTIVE -> new CallCounts(1, 0);
			case REFRESH -> new CallCounts(0, 1);
		};
	}

	/**
	 * Returns these and the given calls together.
	 */
	CallCounts plus(CallCounts more) {
		return new CallCounts(interactive + more.interactive, refresh + more.refresh);
	}

	/**
	 * Returns the numbers that take these calls back.
	 */
	CallCounts negated() {
		return new CallCounts(-interactive, -refresh);
	}

}
