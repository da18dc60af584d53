package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.cache.store.SecondLevelCache.Lease;
import io.htgateway.shared.RepeatedTask;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The leases of loads. One is short and renewed while its holder lives, so that it ends
 * soon after a holder that is killed.
 */
final class Leases implements AutoCloseable {

	private static final Duration LENGTH = Duration.ofSeconds(3);

	private static final Duration RENEWAL = Duration.ofSeconds(1);

	private static final byte[] LENGTH_MILLIS = SharedStore.argument(LENGTH.toMillis());

	private static final Script TAKE = Script.named("lease");

	private static final Script RENEW = Script.named("renew");

	private static final Script RELEASE = Script.named("release");

	private final SharedStore store;

	// Once: the system's random numbers are read from a file, which blocks.
	private final UUID holder = UUID.randomUUID();

	private final AtomicLong taken = new AtomicLong();

	private final Set<Held> held = ConcurrentHashMap.newKeySet();

	private final Disposable renewing;

	Leases(SharedStore store) {
		this.store = store;
		this.renewing = RepeatedTask.every(RENEWAL, () -> Flux.fromIterable(held).flatMap(Held::renew).then());
	}

	/**
	 * The lease of the given name; empty where another has it, and none where Redis
	 * cannot tell within the given time.
	 */
	Mono<Lease> take(String name, Duration patience) {
		return Mono.defer(() -> {
			Held lease = new Held(name, SharedStore.argument(holder + "-" + taken.incrementAndGet()));
			return lease.takeInTime()
				.timeout(patience)
				.<Lease>map((won) -> lease)
				.doOnNext((won) -> held.add(lease))
				.onErrorResume((failure) -> {
					// Redis may have granted it nevertheless.
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
	 * A lease that this replica has.
	 */
	private final class Held implements Lease {

		private final String name;

		private final byte[] token;

		private Held(String name, byte[] token) {
			this.name = name;
			this.token = token;
		}

		// After a late answer the lease may have ended and be another's by now. A
		// repeated
		// request with the same token renews it or ends empty.
		private Mono<Boolean> takeInTime() {
			return take().flatMap((inTime) -> inTime ? Mono.just(true) : takeInTime());
		}

		// Emits false if the answer is late.
		private Mono<Boolean> take() {
			return Mono.defer(() -> {
				long latest = System.nanoTime() + RENEWAL.toNanos();
				return store.runAgain(TAKE, List.of(name), token, LENGTH_MILLIS)
					.map((won) -> System.nanoTime() - latest < 0);
			});
		}

		// A late answer does not delay the next renewals.
		private Mono<byte[]> renew() {
			return store.run(RENEW, List.of(name), token, LENGTH_MILLIS)
				.timeout(RENEWAL.dividedBy(2), Mono.empty())
				.onErrorComplete();
		}

		@Override
		public void release() {
			held.remove(this);
			store.runAgain(RELEASE, List.of(name), token).onErrorComplete().subscribe();
		}

	}

}
