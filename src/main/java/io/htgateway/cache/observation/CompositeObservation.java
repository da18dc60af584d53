package io.htgateway.cache.observation;

import java.util.List;

import reactor.util.context.ContextView;

/**
 * Passes the events of one load to several observers.
 *
 * @param observations the observation of each observer
 */
record CompositeObservation(List<LoadObserver.LoadObservation> observations) implements LoadObserver.LoadObservation {

	@Override
	public void awaitedBy(ContextView context) {
		observations.forEach((observation) -> observation.awaitedBy(context));
	}

	@Override
	public void succeeded(LoadOutcome outcome) {
		observations.forEach((observation) -> observation.succeeded(outcome));
	}

	@Override
	public void failed(LoadFailure kind, Throwable failure) {
		observations.forEach((observation) -> observation.failed(kind, failure));
	}

}
