package io.htgateway.history.store;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a store of snapshots. Its message is for operators and has no credentials.
 */
@SuppressWarnings("serial")
public final class SnapshotStoreException extends RuntimeException {

	/**
	 * Creates the failure.
	 * @param reason what failed and why, such as "write: no space left on the device"
	 */
	public SnapshotStoreException(String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

	/**
	 * Returns what failed and why.
	 */
	public String reason() {
		return String.valueOf(getMessage());
	}

}
