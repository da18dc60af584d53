package io.htgateway.upstream.guard;

import java.util.Objects;

/**
 * Failure of the gateway itself after a call was sent: the guard does not give back the
 * permits of the call.
 */
@SuppressWarnings("serial")
public final class FailureAfterCall extends RuntimeException {

	/**
	 * Wraps the given failure.
	 */
	public FailureAfterCall(Throwable failure) {
		super("failed after the call was sent", failure, true, false);
	}

	/**
	 * Returns the wrapped failure.
	 */
	public Throwable failure() {
		return Objects.requireNonNull(getCause());
	}

}
