package io.htgateway.access.jwt;

/**
 * A key set has no usable key. The message gives the reason and shows no content of the
 * set.
 */
@SuppressWarnings("serial")
final class UnusableKeySetException extends RuntimeException {

	UnusableKeySetException(String reason) {
		super(reason);
	}

}
