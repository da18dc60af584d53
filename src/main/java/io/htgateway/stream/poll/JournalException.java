package io.htgateway.stream.poll;

/**
 * Thrown if a journal is unavailable, or if another replica has the turn.
 */
@SuppressWarnings("serial")
public final class JournalException extends RuntimeException {

	public JournalException(String message) {
		super(message, null, false, false);
	}

	public JournalException(String message, Throwable cause) {
		super(message, cause, false, false);
	}

}
