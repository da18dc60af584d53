package io.htgateway.shared;

import java.time.Duration;

import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Keeps something as Redis has it: before the first request, and once a second from then
 * on.
 */
public abstract class Synchronizer implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/**
	 * Later than connections to Redis, and before the server.
	 */
	private static final int PHASE = 1_000;

	private final Disposable.Composite watching = Disposables.composite();

	private volatile boolean running;

	/**
	 * Looks what Redis has. Never fails.
	 */
	protected abstract Mono<Void> synchronize();

	/**
	 * What is done once a second.
	 */
	protected Mono<Void> look() {
		return synchronize();
	}

	/**
	 * Waits for a look, a short time at most.
	 */
	protected final void synchronizeNow() {
		synchronize().timeout(PATIENCE, Mono.empty()).block();
	}

	/**
	 * Ends the given subscription with this.
	 */
	protected final void untilStop(Disposable subscription) {
		watching.add(subscription);
	}

	/**
	 * Work that is done before the first request.
	 */
	protected void lookFirst() {
		synchronizeNow();
	}

	@Override
	public void start() {
		lookFirst();
		untilStop(RepeatedTask.every(INTERVAL, this::look));
		running = true;
	}

	@Override
	public void stop() {
		running = false;
		watching.dispose();
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
