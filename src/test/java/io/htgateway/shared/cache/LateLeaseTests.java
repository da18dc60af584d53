package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.htgateway.cache.store.SecondLevelCache.Lease;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of leases of a replica to which Redis replies late while it counts as available.
 */
class LateLeaseTests {

	private static final RedisServer REDIS = RedisServer.shared();

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final String prefix = "late-lease-" + UUID.randomUUID();

	private final String name = prefix + ":lease";

	private RedisRoute route;

	private Stores late;

	private Stores other;

	private Leases leases;

	private Leases others;

	@BeforeEach
	void connect() {
		route = RedisRoute.to(REDIS);
		late = Stores.connect(route.port(), prefix, TIMEOUT);
		other = Stores.connect(REDIS, prefix);
		leases = new Leases(late.store());
		others = new Leases(other.store());
	}

	@AfterEach
	void close() throws Exception {
		others.close();
		leases.close();
		other.close();
		late.close();
		route.close();
	}

	@Test
	void acquireWhenLeaseHasEndedBeforeItsLateAnswerAndAnotherReplicaHoldsItIsEmpty() {
		CompletableFuture<@Nullable Lease> lease = acquireLate();
		REDIS.command("DEL", name);
		assertThat(others.acquire(name, PATIENCE).block()).isNotNull().isNotSameAs(Lease.NONE);

		assertThat(lease.join()).isNull();
	}

	@Test
	void acquireWhenLeaseHasEndedBeforeItsLateAnswerAcquiresItAgain() {
		CompletableFuture<@Nullable Lease> lease = acquireLate();
		REDIS.command("DEL", name);

		assertThat(lease.join()).isNotNull().isNotSameAs(Lease.NONE);
		assertThat(others.acquire(name, PATIENCE).blockOptional()).isEmpty();
	}

	@Test
	void leaseWhenAnswerToItsRenewalIsLateIsRenewed() {
		leases.acquire(name, PATIENCE).block();
		route.holdBack(1, "OK", Duration.ofMillis(4_500));
		Awaitility.await().until(() -> route.toHoldBack() == 0);

		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.during(Duration.ofMillis(3_500))
			.until(() -> others.acquire(name, PATIENCE).blockOptional().isEmpty());
	}

	private CompletableFuture<@Nullable Lease> acquireLate() {
		leases.acquire(name, PATIENCE).blockOptional().ifPresent(Lease::release);
		Awaitility.await().until(() -> REDIS.number("EXISTS", name) == 0);
		route.holdBack(1, "OK", Duration.ofMillis(1_300));
		CompletableFuture<@Nullable Lease> lease = leases.acquire(name, PATIENCE).toFuture();
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> REDIS.number("EXISTS", name) == 1);
		return lease;
	}

}
