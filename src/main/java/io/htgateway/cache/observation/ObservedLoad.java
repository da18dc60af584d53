package io.htgateway.cache.observation;

import java.util.List;

import reactor.util.context.ContextView;

/**
 * A load that several watches observe.
 *
 * @param loads the load as each of them sees it
 */
record ObservedLoad(List<LoadObserver.WatchedLoad> loads) implements LoadObserver.WatchedLoad {

	@Override
	public void awaitedBy(ContextView context) {
		loads.forEach((load) -> load.awaitedBy(context));
	}

	@Override
	public void succeeded(LoadOutcome outcome) {
		loads.forEach((load) -> load.succeeded(outcome));
	}

	@Override
	public void failed(LoadFailure kind, Throwable failure) {
		loads.forEach((load) -> load.failed(kind, failure));
	}

}
