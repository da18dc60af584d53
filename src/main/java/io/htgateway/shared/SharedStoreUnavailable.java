package io.htgateway.shared;

/**
 * Redis cannot be used at present.
 */
@SuppressWarnings("serial")
public final class SharedStoreUnavailable extends RuntimeException {

	SharedStoreUnavailable() {
		super("Redis cannot be used at present", null, false, false);
	}

	SharedStoreUnavailable(Throwable cause) {
		super("Redis cannot be used at present", cause, false, false);
	}

}
