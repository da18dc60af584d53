package io.htgateway.secret;

/**
 * A file has no secret that could be used; the message says why, and shows nothing of it.
 */
@SuppressWarnings("serial")
public final class UnusableSecretException extends RuntimeException {

	/**
	 * A failure for the given reason, which follows the name of the file in a sentence.
	 */
	public UnusableSecretException(String reason) {
		super(reason);
	}

}
