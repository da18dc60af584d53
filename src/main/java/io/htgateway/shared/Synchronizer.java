package io.htgateway.shared;

import java.time.Duration;

import io.htgateway.time.RepeatedTask;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Synchronizes local state with Redis: before the first request, and then once a second.
 */
public abstract class Synchronizer implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	/**
	 * Starts after the connections to Redis, and before the server.
	 */
	private static final int PHASE = 1_000;

	private final Disposable.Composite subscriptions = Disposables.composite();

	private volatile boolean running;

	/**
	 * Synchronizes with Redis. Never fails.
	 */
	protected abstract Mono<Void> synchronize();

	/**
	 * Runs once a second. Synchronizes by default.
	 */
	protected Mono<Void> poll() {
		return synchronize();
	}

	/**
	 * Synchronizes and waits until that is done, for two seconds at most.
	 */
	protected final void synchronizeNow() {
		synchronize().timeout(TIMEOUT, Mono.empty()).block();
	}

	/**
	 * Disposes the given subscription when this is stopped.
	 */
	protected final void untilStop(Disposable subscription) {
		subscriptions.add(subscription);
	}

	/**
	 * Synchronizes before the first request, and waits until that is done.
	 */
	protected void synchronizeBeforeStart() {
		synchronizeNow();
	}

	@Override
	public void start() {
		synchronizeBeforeStart();
		untilStop(RepeatedTask.every(INTERVAL, this::poll));
		running = true;
	}

	@Override
	public void stop() {
		running = false;
		subscriptions.dispose();
	}

	@Override
	public final boolean isRunning() {
		return running;
	}

	@Override
	public final int getPhase() {
		return PHASE;
	}

}
