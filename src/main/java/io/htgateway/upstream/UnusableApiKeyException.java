package io.htgateway.upstream;

/**
 * There is no API key that could be sent, so the gateway does not start.
 */
@SuppressWarnings("serial")
final class UnusableApiKeyException extends RuntimeException {

	UnusableApiKeyException(String message) {
		super(message);
	}

}
