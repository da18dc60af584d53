package io.htgateway.teams;

/**
 * A set of keys has none that could be used; the message says why, and shows nothing of
 * it.
 */
@SuppressWarnings("serial")
final class UnusableKeySetException extends RuntimeException {

	UnusableKeySetException(String reason) {
		super(reason);
	}

}
