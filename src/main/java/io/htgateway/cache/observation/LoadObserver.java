package io.htgateway.cache.observation;

import java.util.List;

import io.htgateway.cache.store.CacheKey;
import reactor.util.context.ContextView;

/**
 * Is told of each load, and of who waits for it. Must not fail or block.
 */
public interface LoadObserver {

	/**
	 * Nobody watches.
	 */
	LoadObserver NONE = (key, context) -> WatchedLoad.NONE;

	/**
	 * A load of the given key is about to be started by the request with the given
	 * context. When another one was faster, nothing more is told of it.
	 */
	WatchedLoad start(CacheKey key, ContextView context);

	/**
	 * Combines the given watches into one that reports each load to all of them.
	 */
	static LoadObserver of(List<LoadObserver> watches) {
		return switch (watches.size()) {
			case 0 -> NONE;
			case 1 -> watches.getFirst();
			default ->
				(key, context) -> new ObservedLoad(watches.stream().map((watch) -> watch.start(key, context)).toList());
		};
	}

	/**
	 * A load that is watched.
	 */
	interface WatchedLoad {

		/**
		 * A load that nobody watches.
		 */
		WatchedLoad NONE = new WatchedLoad() {

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
		 * The request with the given context, which has not started the load, waits for
		 * it.
		 */
		void awaitedBy(ContextView context);

		/**
		 * The load has ended with a response.
		 */
		void succeeded(LoadOutcome outcome);

		/**
		 * The load has ended without one.
		 */
		void failed(LoadFailure kind, Throwable failure);

	}

}
