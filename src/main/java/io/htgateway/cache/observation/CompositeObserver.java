package io.htgateway.cache.observation;

import java.util.List;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import reactor.util.context.ContextView;

/**
 * Passes each event to several observers.
 *
 * @param observers the observers
 */
record CompositeObserver(List<LoadObserver> observers) implements LoadObserver {

	@Override
	public LoadObservation start(CacheKey key, ContextView context) {
		return new CompositeObservation(observers.stream().map((observer) -> observer.start(key, context)).toList());
	}

	@Override
	public void received(CacheKey key, CachedResponse response) {
		observers.forEach((observer) -> observer.received(key, response));
	}

}
