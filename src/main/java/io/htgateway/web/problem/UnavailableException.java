package io.htgateway.web.problem;

import java.time.Duration;

/**
 * Refusal of a request because a resource is currently unavailable, such as a store or a
 * permit.
 */
@SuppressWarnings("serial")
public final class UnavailableException extends RuntimeException {

	private final Duration retryAfter;

	/**
	 * Creates an exception.
	 * @param detail what is unavailable, for the caller
	 * @param retryAfter time after which the caller may retry
	 */
	public UnavailableException(String detail, Duration retryAfter) {
		// No stack trace, because each request during an outage fails with this
		// exception.
		super(detail, null, false, false);
		this.retryAfter = retryAfter;
	}

	/**
	 * Returns the time after which the caller may retry.
	 */
	public Duration retryAfter() {
		return retryAfter;
	}

}
