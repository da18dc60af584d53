package io.htgateway.shared.budget;

import io.htgateway.budget.CallBudget;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.SharedWatch;
import reactor.core.publisher.Mono;

/**
 * Lets the budget know what other replicas spend: before the first request, then once a
 * second, and when Redis can be used again. At the end it tells what this one spent
 * alone.
 */
final class LedgerWatch extends SharedWatch {

	private final CallBudget budget;

	LedgerWatch(CallBudget budget, SharedStore store) {
		this.budget = budget;
		store.onReturn(() -> synchronize().subscribe());
	}

	@Override
	protected Mono<Void> synchronize() {
		return budget.synchronize().onErrorComplete();
	}

	@Override
	public void start() {
		budget.begin();
		super.start();
	}

	// The server has stopped before this, and Redis is closed after it.
	@Override
	public void stop() {
		super.stop();
		budget.end();
		synchronizeNow();
	}

}
