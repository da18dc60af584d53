package io.htgateway.shared.teams;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.access.limit.RequestLimit;
import io.htgateway.access.limit.UnreportedRequests;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import reactor.core.publisher.Mono;

/**
 * The requests of one team. This replica admits as many requests as it knows are left,
 * and reports them to Redis in the background. No request waits for Redis.
 */
final class TeamRequests {

	private static final Script COUNT = Script.named("requests");

	/**
	 * Polls after which this replica counts as idle if the team has sent no request.
	 */
	private static final int MAX_IDLE_POLLS = 60;

	private final SharedStore store;

	private final List<String> key;

	private final RequestLimit limit;

	private final UnreportedRequests unreported;

	private final AtomicBoolean isCounting = new AtomicBoolean();

	private int idlePolls;

	TeamRequests(SharedStore store, String team, RequestLimit limit, int replicas) {
		this.store = store;
		this.key = List.of(store.names().of("requests:" + team));
		this.limit = limit;
		this.unreported = limit.share(replicas, this::count);
	}

	/**
	 * Returns whether this shares the given limit.
	 */
	boolean isOf(RequestLimit other) {
		return limit == other;
	}

	/**
	 * Polls the requests left at all replicas, unless this replica is idle.
	 */
	void poll() {
		idlePolls = (unreported.isIdle() || idlePolls >= MAX_IDLE_POLLS) ? 0 : idlePolls + 1;
		if (idlePolls >= MAX_IDLE_POLLS) {
			unreported.rest();
		}
		if (!store.isAvailable()) {
			limit.goOnApart(unreported);
		}
		else if (!unreported.isIdle()) {
			count();
		}
	}

	// One at a time: requests in the meantime are reported by the next one.
	private void count() {
		if (isCounting.compareAndSet(false, true)) {
			synchronize().doFinally((end) -> counted()).subscribe();
		}
	}

	private void counted() {
		isCounting.set(false);
		if (unreported.isFull()) {
			count();
		}
	}

	// A single lost reply has no effect: the last known remainder is used.
	private void fallBackWhenUnavailable() {
		if (!store.isAvailable()) {
			limit.goOnApart(unreported);
		}
	}

	/**
	 * Reports the requests admitted here, and adopts the number left at all replicas.
	 */
	Mono<Void> synchronize() {
		return Mono
			.defer(() -> store.run(COUNT, key, SharedStore.argument(limit.perMinute()),
					SharedStore.argument(unreported.take())))
			.doOnNext((left) -> limit.goOn(unreported, Long.parseLong(new String(left, StandardCharsets.US_ASCII))))
			.doOnError((failure) -> fallBackWhenUnavailable())
			.onErrorComplete()
			.then();
	}

}
