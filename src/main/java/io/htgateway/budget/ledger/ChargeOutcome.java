package io.htgateway.budget.ledger;

/**
 * Outcome of a charge to the shared budget.
 */
public enum ChargeOutcome {

	/**
	 * The shared count granted or refused the call.
	 */
	COUNTED,

	/**
	 * The shared count was unavailable, and the replica's own part granted the call.
	 */
	APART,

	/**
	 * The shared count was unavailable, and the replica's own part was used up.
	 */
	UNCOUNTED

}
