package io.htgateway.shared.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.breaker.Breaker;
import io.htgateway.shared.Stores;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.upstream.guard.UpstreamGuard;
import io.htgateway.upstream.response.UpstreamRefusal;
import org.awaitility.Awaitility;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guard of one replica, for tests.
 */
record ReplicaGuard(UpstreamGuard guard, MutableClock clock, Stores stores, RedisReplicas replicas,
		GuardSynchronizer synchronizer) implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * Timeout of Redis, long enough for a busy machine.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Starts a guard and waits until messages reach it.
	 */
	static ReplicaGuard start(RedisServer redis, String prefix, String key) {
		Stores stores = Stores.connect(redis.port(), prefix, TIMEOUT);
		String channel = stores.store().names().of("guard");
		long before = listeners(redis, channel);
		ReplicaGuard replica = start(stores, key);
		Awaitility.await()
			.untilAsserted(() -> assertThat(listeners(redis, channel)).as("listeners").isGreaterThan(before));
		return replica;
	}

	private static long listeners(RedisServer redis, String channel) {
		return Long.parseLong(redis.texts("PUBSUB", "NUMSUB", channel).getLast());
	}

	// Waits for Redis, because findings before its first successful trial are published
	// later.
	static ReplicaGuard start(Stores stores, String key) {
		Awaitility.await().pollDelay(Duration.ZERO).until(stores.store()::isAvailable);
		MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));
		RedisReplicas replicas = new RedisReplicas(stores.store());
		Breaker breaker = new Breaker("upstream", Duration.ofMinutes(1), UpstreamGuard::isFault, clock);
		UpstreamGuard guard = new UpstreamGuard(breaker, clock, replicas);
		guard.useKey(key);
		GuardSynchronizer synchronizer = new GuardSynchronizer(guard, replicas, stores.store());
		synchronizer.start();
		return new ReplicaGuard(guard, clock, stores, replicas, synchronizer);
	}

	/**
	 * Returns whether a call is admitted.
	 */
	boolean succeeds() {
		return succeeds("fills");
	}

	/**
	 * Returns whether a call of the given endpoint is admitted.
	 */
	boolean succeeds(String endpoint) {
		try {
			guard.protect(endpoint, PATIENCE, Mono.just(true)).block();
			return true;
		}
		catch (UpstreamRefusal refused) {
			return false;
		}
	}

	/**
	 * Makes a call that fails.
	 */
	void end(Throwable failure) {
		end("fills", failure);
	}

	/**
	 * Makes a call of the given endpoint that fails.
	 */
	void end(String endpoint, Throwable failure) {
		guard.protect(endpoint, PATIENCE, Mono.error(failure)).onErrorComplete().block();
	}

	/**
	 * Waits until messages reach this replica.
	 */
	void awaitListening() {
		AtomicInteger seen = new AtomicInteger();
		Runnable before = seen::incrementAndGet;
		var listening = replicas.messages().subscribe((message) -> before.run());
		Awaitility.await().until(() -> {
			replicas.keyChanged();
			return seen.get() > 0;
		});
		listening.dispose();
	}

	@Override
	public void close() {
		synchronizer.stop();
		stores.close();
	}

}
