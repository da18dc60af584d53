package io.htgateway.cache.observation;

import java.util.List;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import reactor.util.context.ContextView;

/**
 * Observes each load and the requests waiting for it. Must not fail or block.
 */
public interface LoadObserver {

	/**
	 * Observes nothing.
	 */
	LoadObserver NONE = (key, context) -> LoadObservation.NONE;

	/**
	 * Begins to observe a load of the given key, just before it starts. If another
	 * request starts a load of the key first, no further event follows.
	 * @param context the context of the request that starts the load
	 */
	LoadObservation start(CacheKey key, ContextView context);

	/**
	 * Observes a response of the given key that its source has sent or confirmed. It may
	 * come from a load of another key.
	 */
	default void received(CacheKey key, CachedResponse response) {
	}

	/**
	 * Combines the given observers into one that passes each event to all of them.
	 */
	static LoadObserver of(List<LoadObserver> observers) {
		return switch (observers.size()) {
			case 0 -> NONE;
			case 1 -> observers.getFirst();
			default -> new CompositeObserver(observers);
		};
	}

	/**
	 * Receives the events of one load.
	 */
	interface LoadObservation {

		/**
		 * Ignores every event.
		 */
		LoadObservation NONE = new LoadObservation() {

			@Override
			public void awaitedBy(ContextView context) {
			}

			@Override
			public void succeeded(LoadOutcome outcome) {
			}

			@Override
			public void failed(LoadFailure kind, Throwable failure) {
			}

		};

		/**
		 * A request that did not start the load waits for it.
		 * @param context the context of that request
		 */
		void awaitedBy(ContextView context);

		/**
		 * The load ended with a response.
		 */
		void succeeded(LoadOutcome outcome);

		/**
		 * The load failed.
		 */
		void failed(LoadFailure kind, Throwable failure);

	}

}
