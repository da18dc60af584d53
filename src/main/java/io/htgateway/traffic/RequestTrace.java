package io.htgateway.traffic;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The part of a trace that is one request here.
 */
public interface RequestTrace {

	/**
	 * The trace of a request that nobody follows.
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
	 * What the whole trace is called, in this service and in others.
	 */
	@Nullable String id();

	/**
	 * The given context with this in it, for what the request causes.
	 */
	Context addTo(Context context);

	/**
	 * Notes that the request has ended as the given line tells.
	 */
	void end(AccessLine line);

}
