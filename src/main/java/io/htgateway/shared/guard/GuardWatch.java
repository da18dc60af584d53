package io.htgateway.shared.guard;

import java.time.Duration;

import io.htgateway.shared.SharedStore;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets the guard know what other replicas have learned: before the first request, when
 * they say so, and once a second in case that was lost.
 */
final class GuardWatch implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/**
	 * Later than connections to Redis, and before the server.
	 */
	private static final int PHASE = 1_000;

	private final UpstreamGuard guard;

	private final RedisReplicas replicas;

	private final Disposable.Composite watching = Disposables.composite();

	private volatile boolean running;

	GuardWatch(UpstreamGuard guard, RedisReplicas replicas, SharedStore store) {
		this.guard = guard;
		this.replicas = replicas;
		store.onReturn(guard::tellAgain);
	}

	private Mono<Void> synchronize() {
		return guard.synchronize().onErrorComplete();
	}

	@Override
	public void start() {
		synchronize().timeout(PATIENCE, Mono.empty()).block();
		watching.add(replicas.messages().subscribe(this::hear));
		watching.add(Flux.interval(INTERVAL).onBackpressureDrop().concatMap((tick) -> synchronize(), 0).subscribe());
		running = true;
	}

	private void hear(RedisReplicas.Message message) {
		switch (message) {
			case LOOK -> synchronize().subscribe();
			case KEY -> guard.keyHint();
		}
	}

	@Override
	public void stop() {
		running = false;
		watching.dispose();
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
