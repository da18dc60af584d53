package io.htgateway.budget.account;

/**
 * Thrown if replicas share the accounts and these are unavailable.
 */
@SuppressWarnings("serial")
public final class AccountsUnavailableException extends RuntimeException {

	/**
	 * Creates an exception with the failure of the store that has the accounts.
	 */
	public AccountsUnavailableException(Throwable cause) {
		super("the accounts of the months are unavailable", cause, false, false);
	}

}
