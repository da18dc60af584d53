package io.htgateway.upstream;

/**
 * Failure to start because the API key is missing or cannot be sent.
 */
@SuppressWarnings("serial")
final class UnusableApiKeyException extends RuntimeException {

	private static final String SET = "Set the environment variable HYPERTRACKER_API_KEY (or the property"
			+ " gateway.upstream.api-key) to the key of your HyperTracker plan, or gateway.upstream.api-key-file to"
			+ " a file that contains only the key. To try the gateway without a key, run it with a simulated HyperTracker:"
			+ " mvn spring-boot:test-run";

	private final boolean missing;

	private final String action;

	private UnusableApiKeyException(String message, boolean missing, String action) {
		super(message);
		this.missing = missing;
		this.action = action;
	}

	/**
	 * Creates a failure.
	 * @param message sentence that says what is wrong
	 * @param action sentence that says what the operator must do
	 */
	UnusableApiKeyException(String message, String action) {
		this(message, false, action);
	}

	/**
	 * Creates the failure for a missing key.
	 */
	static UnusableApiKeyException missing() {
		return new UnusableApiKeyException("No HyperTracker API key is configured.", true, SET);
	}

	boolean isMissing() {
		return missing;
	}

	String action() {
		return action;
	}

}
