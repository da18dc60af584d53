package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.cache.SecondLevelCache.Lease;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The leases of loads. One is short and renewed while its holder lives, so that it ends
 * soon after a holder that is killed.
 */
final class Leases {

	private static final Duration LENGTH = Duration.ofSeconds(3);

	private static final Duration RENEWAL = Duration.ofSeconds(1);

	/**
	 * A load ends long before, whatever it is.
	 */
	private static final long MAX_RENEWALS = Duration.ofMinutes(5).dividedBy(RENEWAL);

	private static final Script TAKE = Script.named("lease");

	private static final Script RENEW = Script.named("renew");

	private static final Script RELEASE = Script.named("release");

	private final SharedStore store;

	// Once: the system's random numbers are read from a file, which blocks.
	private final UUID holder = UUID.randomUUID();

	private final AtomicLong taken = new AtomicLong();

	Leases(SharedStore store) {
		this.store = store;
	}

	/**
	 * The lease of the given name; empty where another has it, and none where Redis
	 * cannot tell.
	 */
	Mono<Lease> take(String name) {
		return Mono.defer(() -> {
			byte[] token = SharedStore.argument(holder + "-" + taken.incrementAndGet());
			return store.run(TAKE, List.of(name), token, SharedStore.argument(LENGTH.toMillis()))
				.<Lease>map((won) -> new Held(name, token))
				.onErrorReturn(Lease.NONE);
		});
	}

	/**
	 * A lease that this replica has.
	 */
	private final class Held implements Lease {

		private final String name;

		private final byte[] token;

		private final Disposable renewing;

		private Held(String name, byte[] token) {
			this.name = name;
			this.token = token;
			this.renewing = Flux.interval(RENEWAL)
				.take(MAX_RENEWALS)
				.onBackpressureDrop()
				.concatMap((tick) -> renew(), 0)
				.subscribe();
		}

		private Mono<byte[]> renew() {
			return store.run(RENEW, List.of(name), token, SharedStore.argument(LENGTH.toMillis())).onErrorComplete();
		}

		@Override
		public void release() {
			renewing.dispose();
			store.run(RELEASE, List.of(name), token).onErrorComplete().subscribe();
		}

	}

}
