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

}
