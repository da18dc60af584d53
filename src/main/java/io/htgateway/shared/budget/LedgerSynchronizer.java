package io.htgateway.shared.budget;

import java.time.Duration;

import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.Synchronizer;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Lets the budget know what other replicas spend: before the first request, then once a
 * second, and when Redis can be used again. At the end it reports what this one spent
 * alone.
 */
final class LedgerSynchronizer extends Synchronizer {

	/**
	 * Longest wait for the first answer before requests are served.
	 */
	private static final Duration LONGEST_START = Duration.ofSeconds(3);

	private static final Duration RETRY_DELAY = Duration.ofMillis(100);

	private final SharedBudget budget;

	LedgerSynchronizer(SharedBudget budget, SharedStore store) {
		this.budget = budget;
		store.onReturn(() -> synchronize().subscribe());
	}

	@Override
	protected Mono<Void> synchronize() {
		return budget.synchronize().onErrorComplete();
	}

	// Without an answer this replica has almost no calls, so waiting is worthwhile.
	@Override
	protected void lookFirst() {
		budget.synchronize()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY_DELAY))
			.timeout(LONGEST_START, Mono.empty())
			.onErrorComplete()
			.block();
	}

	@Override
	public void start() {
		budget.state().begin();
		super.start();
	}

	// The server has stopped before this, and Redis is closed after it.
	@Override
	public void stop() {
		super.stop();
		budget.state().end();
		synchronizeNow();
	}

}
