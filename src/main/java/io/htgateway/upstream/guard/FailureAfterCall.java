package io.htgateway.upstream.guard;

import java.util.Objects;

/**
 * Marks a failure of the gateway's own that came after a call was sent, so that the guard
 * gives no permit of the call back.
 */
@SuppressWarnings("serial")
public final class FailureAfterCall extends RuntimeException {

	/**
	 * Marks the given failure.
	 */
	public FailureAfterCall(Throwable failure) {
		super("failed after the call was sent", failure, true, false);
	}

	/**
	 * Returns the failure itself.
	 */
	public Throwable failure() {
		return Objects.requireNonNull(getCause());
	}

}
