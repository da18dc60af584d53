package io.htgateway.budget;

/**
 * How the charge of a call to the budget of all replicas ended.
 */
public enum ChargeOutcome {

	/**
	 * The shared count decided on it.
	 */
	COUNTED,

	/**
	 * The shared count could not be reached, and the replica's own part had the call.
	 */
	APART,

	/**
	 * The shared count could not be reached, and the replica's own part did not have the
	 * call.
	 */
	UNCOUNTED

}
