package io.htgateway.shared.budget;

import java.time.Duration;

import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.Synchronizer;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Synchronizes the budget with the ledger: before the first request, then once a second,
 * and when Redis becomes available again. At shutdown it reports the calls that this
 * replica charged without the ledger.
 */
final class LedgerSynchronizer extends Synchronizer {

	/**
	 * Longest wait for the first reply before requests are served.
	 */
	private static final Duration LONGEST_START = Duration.ofSeconds(3);

	private static final Duration RETRY_DELAY = Duration.ofMillis(100);

	private final SharedBudget budget;

	LedgerSynchronizer(SharedBudget budget, SharedStore store) {
		this.budget = budget;
		store.onAvailable(() -> synchronize().subscribe());
	}

	@Override
	protected Mono<Void> synchronize() {
		return budget.synchronize().onErrorComplete();
	}

	// Without a reply this replica may make almost no calls, so waiting is worthwhile.
	@Override
	protected void synchronizeBeforeStart() {
		budget.synchronize()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY_DELAY))
			.timeout(LONGEST_START, Mono.empty())
			.onErrorComplete()
			.block();
	}

	@Override
	public void start() {
		budget.state().open();
		super.start();
	}

	// The server stops before this, and Redis is closed after it.
	@Override
	public void stop() {
		super.stop();
		budget.state().close();
		synchronizeNow();
	}

}
