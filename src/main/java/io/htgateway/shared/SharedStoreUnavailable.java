package io.htgateway.shared;

/**
 * Thrown if Redis is unavailable.
 */
@SuppressWarnings("serial")
public final class SharedStoreUnavailable extends RuntimeException {

	SharedStoreUnavailable() {
		super("Redis is currently unavailable", null, false, false);
	}

	SharedStoreUnavailable(Throwable cause) {
		super("Redis is currently unavailable", cause, false, false);
	}

}
