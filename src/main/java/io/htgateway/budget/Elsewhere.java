package io.htgateway.budget;

/**
 * Calls that were not counted here yet.
 */
record Elsewhere(long interactive, long refresh) {

	static final Elsewhere NOTHING = new Elsewhere(0, 0);

	/**
	 * One call.
	 */
	static Elsewhere one(Priority priority) {
		return switch (priority) {
			case INTERACTIVE -> new Elsewhere(1, 0);
			case REFRESH -> new Elsewhere(0, 1);
		};
	}

}
