package io.htgateway.access.config;

/**
 * The configured teams cannot be used, or nothing says who may call, so the gateway does
 * not start.
 */
@SuppressWarnings("serial")
final class UnusableTeamsException extends RuntimeException {

	private final String action;

	/**
	 * Creates the failure.
	 * @param message what is wrong
	 * @param action what the operator should do
	 */
	UnusableTeamsException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return action;
	}

}
