package io.htgateway.history.store;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a store of snapshots. Its message is for operators and contains no
 * credentials.
 */
@SuppressWarnings("serial")
public final class SnapshotStoreException extends RuntimeException {

	/**
	 * Creates the failure.
	 * @param reason the failed operation and the cause, such as "write: no space left on
	 * the device"
	 */
	public SnapshotStoreException(String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

	/**
	 * Returns the failed operation and the cause.
	 */
	public String reason() {
		return String.valueOf(getMessage());
	}

}
