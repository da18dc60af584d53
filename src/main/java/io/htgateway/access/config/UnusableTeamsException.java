package io.htgateway.access.config;

/**
 * There is no list of teams that could be used, so the gateway does not start.
 */
@SuppressWarnings("serial")
final class UnusableTeamsException extends RuntimeException {

	private final String action;

	/**
	 * Fails with the given sentence, and what an operator has to do.
	 */
	UnusableTeamsException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return action;
	}

}
