package io.htgateway.web.problem;

/**
 * Failure of a request for a snapshot of the history whose stored object is damaged.
 */
@SuppressWarnings("serial")
public final class DamagedSnapshotException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param detail what is damaged, for the caller
	 */
	public DamagedSnapshotException(String detail) {
		// No stack trace, because the cause is in the object.
		super(detail, null, false, false);
	}

}
