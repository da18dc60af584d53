package io.htgateway.secret;

/**
 * A file contains no usable secret. The message says why, without any part of the
 * content.
 */
@SuppressWarnings("serial")
public final class UnusableSecretException extends RuntimeException {

	/**
	 * Creates a failure with the given reason, a predicate of the file such as "is
	 * empty".
	 */
	public UnusableSecretException(String reason) {
		super(reason);
	}

}
