package io.htgateway.ops.spend;

/**
 * The calls that HyperTracker shows, as an operator enters them.
 */
sealed interface StatedUse {

	/**
	 * Valid number of calls.
	 *
	 * @param window day or month
	 * @param used all calls of the plan in the current period
	 */
	record Valid(String window, long used) implements StatedUse {
	}

	/**
	 * Invalid number of calls.
	 *
	 * @param error why it is invalid, and what is valid
	 */
	record Invalid(String error) implements StatedUse {
	}

}
