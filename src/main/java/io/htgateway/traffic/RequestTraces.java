package io.htgateway.traffic;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Follows requests through the services that they come by. Must not fail or block.
 */
public interface RequestTraces {

	/**
	 * Nothing is followed.
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
	 * Whether anything is followed.
	 */
	boolean isOn();

	/**
	 * Begins to follow a request.
	 * @param headers the first value of a header of it, by name
	 * @param nanosAgo time since it came
	 */
	RequestTrace begin(Function<String, @Nullable String> headers, long nanosAgo);

}
