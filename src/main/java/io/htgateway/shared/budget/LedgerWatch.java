package io.htgateway.shared.budget;

import java.time.Duration;

import io.htgateway.budget.CallBudget;
import io.htgateway.shared.SharedStore;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets the budget know what other replicas spend: before the first request, then once a
 * second, and when Redis can be used again. At the end it tells what this one spent
 * alone.
 */
final class LedgerWatch implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/**
	 * Later than connections to Redis, and before the server.
	 */
	private static final int PHASE = 1_000;

	private final CallBudget budget;

	private Disposable watching = () -> {
	};

	private volatile boolean running;

	LedgerWatch(CallBudget budget, SharedStore store) {
		this.budget = budget;
		store.onReturn(() -> synchronize().subscribe());
	}

	private Mono<Void> synchronize() {
		return budget.synchronize().onErrorComplete();
	}

	@Override
	public void start() {
		synchronize().timeout(PATIENCE, Mono.empty()).block();
		watching = Flux.interval(INTERVAL).onBackpressureDrop().concatMap((tick) -> synchronize(), 0).subscribe();
		running = true;
	}

	@Override
	public void stop() {
		running = false;
		watching.dispose();
		synchronize().timeout(PATIENCE, Mono.empty()).block();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
