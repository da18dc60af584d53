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
 * The requests of one team: this replica lets pass what it knows to be left, and has it
 * counted behind the answer. No request waits for Redis.
 */
final class TeamRequests {

	private static final Script COUNT = Script.named("requests");

	/**
	 * Looks without a request after which others are no longer looked for.
	 */
	private static final int REST = 60;

	private final SharedStore store;

	private final List<String> key;

	private final RequestLimit limit;

	private final UnreportedRequests uncounted;

	private final AtomicBoolean counting = new AtomicBoolean();

	private int looks;

	TeamRequests(SharedStore store, String team, RequestLimit limit, int replicas) {
		this.store = store;
		this.key = List.of(store.names().of("requests:" + team));
		this.limit = limit;
		this.uncounted = limit.share(replicas, this::count);
	}

	/**
	 * Whether it is this limit that is shared.
	 */
	boolean isOf(RequestLimit other) {
		return limit == other;
	}

	/**
	 * Looks what others have left, unless nobody asks here.
	 */
	void look() {
		looks = (uncounted.isIdle() || looks >= REST) ? 0 : looks + 1;
		if (looks >= REST) {
			uncounted.rest();
		}
		if (!store.isAvailable()) {
			limit.goOnApart(uncounted);
		}
		else if (!uncounted.isIdle()) {
			count();
		}
	}

	// One at a time: what comes meanwhile goes with the next one.
	private void count() {
		if (counting.compareAndSet(false, true)) {
			synchronize().doFinally((end) -> counted()).subscribe();
		}
	}

	private void counted() {
		counting.set(false);
		if (uncounted.isFull()) {
			count();
		}
	}

	// One lost answer does not affect the next: the last known remainder is used.
	private void goOn() {
		if (!store.isAvailable()) {
			limit.goOnApart(uncounted);
		}
	}

	/**
	 * Counts what passed here, and goes on from what is left.
	 */
	Mono<Void> synchronize() {
		return Mono
			.defer(() -> store.run(COUNT, key, SharedStore.argument(limit.perMinute()),
					SharedStore.argument(uncounted.take())))
			.doOnNext((left) -> limit.goOn(uncounted, Long.parseLong(new String(left, StandardCharsets.US_ASCII))))
			.doOnError((failure) -> goOn())
			.onErrorComplete()
			.then();
	}

}
