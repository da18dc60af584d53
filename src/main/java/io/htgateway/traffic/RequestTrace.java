package io.htgateway.traffic;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Part of a trace that belongs to one request.
 */
public interface RequestTrace {

	/**
	 * Trace of a request that is not traced.
	 */
	RequestTrace NONE = new RequestTrace() {

		@Override
		public @Nullable String id() {
			return null;
		}

		@Override
		public Context addTo(Context context) {
			return context;
		}

		@Override
		public void end(AccessLine line) {
		}

	};

	/**
	 * Returns the id of the whole trace, the same in all services, or null if the request
	 * is not traced.
	 */
	@Nullable String id();

	/**
	 * Returns the given context with this trace in it, for whatever the request causes.
	 */
	Context addTo(Context context);

	/**
	 * Ends the trace of the request with the fields of the given line.
	 */
	void end(AccessLine line);

}
