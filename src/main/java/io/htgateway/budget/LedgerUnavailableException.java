package io.htgateway.budget;

/**
 * Failure to read the count of calls that the replicas share.
 */
@SuppressWarnings("serial")
public final class LedgerUnavailableException extends RuntimeException {

	/**
	 * Creates an exception.
	 */
	public LedgerUnavailableException(Throwable cause) {
		super("the ledger is unavailable", cause, false, false);
	}

}
