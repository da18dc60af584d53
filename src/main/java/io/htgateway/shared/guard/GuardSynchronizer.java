package io.htgateway.shared.guard;

import io.htgateway.shared.RepeatedTask;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.Synchronizer;
import io.htgateway.upstream.guard.UpstreamGuard;
import reactor.core.publisher.Mono;

/**
 * Lets the guard know what other replicas have learned: before the first request, when
 * they say so, and once a second in case that was lost.
 */
final class GuardSynchronizer extends Synchronizer {

	private final UpstreamGuard guard;

	private final RedisReplicas replicas;

	GuardSynchronizer(UpstreamGuard guard, RedisReplicas replicas, SharedStore store) {
		this.guard = guard;
		this.replicas = replicas;
		store.onReturn(guard::sharePauseAgain);
	}

	@Override
	protected Mono<Void> synchronize() {
		return guard.synchronize().onErrorComplete();
	}

	@Override
	public void start() {
		super.start();
		untilStop(replicas.messages().subscribe((message) -> RepeatedTask.attempt(() -> hear(message))));
	}

	private void hear(RedisReplicas.Message message) {
		switch (message) {
			case LOOK -> synchronize().subscribe();
			case KEY -> guard.keyHint();
		}
	}

}
