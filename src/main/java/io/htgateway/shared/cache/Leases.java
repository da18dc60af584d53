package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.cache.store.SecondLevelCache.Lease;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import io.htgateway.time.RepeatedTask;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Leases of loads. A lease is short and renewed while its holder runs, so that it ends
 * soon after a holder is killed.
 */
final class Leases implements AutoCloseable {

	private static final Duration LENGTH = Duration.ofSeconds(3);

	private static final Duration RENEWAL = Duration.ofSeconds(1);

	private static final byte[] LENGTH_MILLIS = SharedStore.argument(LENGTH.toMillis());

	private static final Script ACQUIRE = Script.named("lease");

	private static final Script RENEW = Script.named("renew");

	private static final Script RELEASE = Script.named("release");

	private final SharedStore store;

	// Created once: the system's random numbers are read from a file, which blocks.
	private final UUID holder = UUID.randomUUID();

	private final AtomicLong count = new AtomicLong();

	private final Set<Held> held = ConcurrentHashMap.newKeySet();

	private final Disposable renewing;

	Leases(SharedStore store) {
		this.store = store;
		this.renewing = RepeatedTask.every(RENEWAL, () -> Flux.fromIterable(held).flatMap(Held::renew).then());
	}

	/**
	 * Acquires the lease of the given name. Ends empty if another replica holds it.
	 * Returns {@link Lease#NONE} if Redis does not reply within the given time.
	 */
	Mono<Lease> acquire(String name, Duration patience) {
		return Mono.defer(() -> {
			Held lease = new Held(name, SharedStore.argument(holder + "-" + count.incrementAndGet()));
			return lease.acquireInTime()
				.timeout(patience)
				.<Lease>map((acquired) -> lease)
				.doOnNext((acquired) -> held.add(lease))
				.onErrorResume((failure) -> {
					// Redis may have granted the lease nevertheless.
					lease.release();
					return Mono.just(Lease.NONE);
				});
		});
	}

	@Override
	public void close() {
		renewing.dispose();
	}

	/**
	 * A lease that this replica holds.
	 */
	private final class Held implements Lease {

		private final String name;

		private final byte[] token;

		// In nanoseconds of System.nanoTime. It is calculated from the time before a
		// request is sent, so that it is earlier than the end of the lease in Redis.
		private volatile long heldUntil;

		private Held(String name, byte[] token) {
			this.name = name;
			this.token = token;
		}

		// When a reply is late, the lease may have ended and another replica may hold it.
		// Repeating the request with the same token renews the lease or ends empty.
		private Mono<Boolean> acquireInTime() {
			return acquire().flatMap((inTime) -> inTime ? Mono.just(true) : acquireInTime());
		}

		// Emits false if the reply is late.
		private Mono<Boolean> acquire() {
			return Mono.defer(() -> {
				long sent = System.nanoTime();
				return store.runIdempotent(ACQUIRE, List.of(name), token, LENGTH_MILLIS).map((acquired) -> {
					heldUntil = sent + LENGTH.toNanos();
					return System.nanoTime() - sent < RENEWAL.toNanos();
				});
			});
		}

		// A late reply does not delay the next renewals.
		private Mono<byte[]> renew() {
			return Mono.defer(() -> {
				long until = System.nanoTime() + LENGTH.toNanos();
				return store.run(RENEW, List.of(name), token, LENGTH_MILLIS)
					.doOnNext((renewed) -> heldUntil = until)
					.timeout(RENEWAL.dividedBy(2), Mono.empty())
					.onErrorComplete();
			});
		}

		@Override
		public boolean isHeld() {
			return System.nanoTime() - heldUntil < 0;
		}

		@Override
		public void release() {
			held.remove(this);
			store.runIdempotent(RELEASE, List.of(name), token).onErrorComplete().subscribe();
		}

	}

}
