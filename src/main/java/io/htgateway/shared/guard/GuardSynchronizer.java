package io.htgateway.shared.guard;

import io.htgateway.shared.SharedStore;
import io.htgateway.shared.Synchronizer;
import io.htgateway.time.RepeatedTask;
import io.htgateway.upstream.guard.UpstreamGuard;
import reactor.core.publisher.Mono;

/**
 * Synchronizes the guard with the findings of other replicas: before the first request,
 * when they publish some, and once a second in case a message was lost.
 */
final class GuardSynchronizer extends Synchronizer {

	private final UpstreamGuard guard;

	private final RedisReplicas replicas;

	GuardSynchronizer(UpstreamGuard guard, RedisReplicas replicas, SharedStore store) {
		this.guard = guard;
		this.replicas = replicas;
		store.onAvailable(guard::sharePauseAgain);
	}

	@Override
	protected Mono<Void> synchronize() {
		return guard.synchronize().onErrorComplete();
	}

	@Override
	public void start() {
		super.start();
		untilStop(replicas.messages().subscribe((message) -> RepeatedTask.attempt(() -> handle(message))));
	}

	private void handle(RedisReplicas.Message message) {
		switch (message) {
			case STATE_CHANGED -> synchronize().subscribe();
			case KEY_CHANGED -> guard.keyHint();
		}
	}

}
