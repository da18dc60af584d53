package io.htgateway.budget.ledger;

/**
 * Outcome of a charge to the shared budget.
 */
public enum ChargeOutcome {

	/**
	 * The ledger granted or refused the call.
	 */
	COUNTED,

	/**
	 * The ledger was unavailable, and the fallback part granted the call.
	 */
	APART,

	/**
	 * The ledger was unavailable, and the fallback part was used up.
	 */
	UNCOUNTED

}
