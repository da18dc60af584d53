package io.htgateway.traffic;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Creates traces of requests. Must not fail or block.
 */
public interface RequestTraces {

	/**
	 * Traces nothing.
	 */
	RequestTraces NONE = new RequestTraces() {

		@Override
		public boolean isOn() {
			return false;
		}

		@Override
		public RequestTrace begin(Function<String, @Nullable String> headers, long nanosAgo) {
			return RequestTrace.NONE;
		}

	};

	/**
	 * Returns whether requests are traced.
	 */
	boolean isOn();

	/**
	 * Starts the trace of a request.
	 * @param headers returns the first value of a header of the request by its name, or
	 * null
	 * @param nanosAgo nanoseconds since the request arrived
	 */
	RequestTrace begin(Function<String, @Nullable String> headers, long nanosAgo);

}
