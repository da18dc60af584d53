package io.htgateway.upstream;

/**
 * There is no API key that could be sent, so the gateway does not start.
 */
@SuppressWarnings("serial")
final class UnusableApiKeyException extends RuntimeException {

	private static final String SET = "Set the environment variable HYPERTRACKER_API_KEY (or the property"
			+ " gateway.upstream.api-key) to the key of your HyperTracker plan, or gateway.upstream.api-key-file to a file"
			+ " with the key alone. To look around without a key, run the gateway before a simulated HyperTracker:"
			+ " mvn spring-boot:test-run";

	private final boolean missing;

	private final String action;

	private UnusableApiKeyException(String message, boolean missing, String action) {
		super(message);
		this.missing = missing;
		this.action = action;
	}

	/**
	 * Fails with the given sentence, and what an operator has to do.
	 */
	UnusableApiKeyException(String message, String action) {
		this(message, false, action);
	}

	/**
	 * Fails because no key is configured.
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
