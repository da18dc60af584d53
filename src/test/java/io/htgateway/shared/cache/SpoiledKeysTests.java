package io.htgateway.shared.cache;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.htgateway.cache.store.SecondLevelCache.Lease;
import io.htgateway.cache.store.Subjects;
import io.htgateway.shared.KeyNames;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of keys with foreign values.
 */
@Tag("replicas")
class SpoiledKeysTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final KeyNames names = new KeyNames("spoiled-" + UUID.randomUUID());

	private Stores stores;

	@BeforeEach
	void connect() {
		stores = Stores.connect(RedisServer.shared(), names.prefix());
		Awaitility.await().pollDelay(Duration.ZERO).until(stores.store()::isAvailable);
	}

	@AfterEach
	void end() {
		stores.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET", "LPUSH" })
	void leaseWhenKeyWouldNeverExpireIsAcquiredAndReleased(String command) {
		String name = names.of("key", "lease");
		RedisServer.shared().command(command, name, "garbage");
		try (Leases leases = new Leases(stores.store())) {
			Lease lease = leases.acquire(name, PATIENCE).blockOptional(PATIENCE).orElseThrow();

			assertThat(lease).isNotSameAs(Lease.NONE);
			lease.release();
			Awaitility.await()
				.untilAsserted(() -> assertThat(RedisServer.shared().number("EXISTS", name)).isEqualTo(0));
		}
	}

	@Test
	void leaseWhenRedisDoesNotReplyIsNotAwaited() throws IOException {
		try (RedisRoute route = RedisRoute.to(RedisServer.shared());
				Stores silent = Stores.connect(route.port(), names.prefix(), PATIENCE);
				Leases leases = new Leases(silent.store())) {
			route.killSilently();

			Lease lease = leases.acquire(names.of("key", "lease"), Duration.ofMillis(200)).block(PATIENCE);

			assertThat(lease).isSameAs(Lease.NONE);
			assertThat(silent.store().isAvailable()).isTrue();
		}
	}

	@Test
	void leaseWhenAnotherReplicaHoldsItIsEmpty() {
		String name = names.of("key", "lease");
		try (Leases leases = new Leases(stores.store())) {
			leases.acquire(name, PATIENCE).block(PATIENCE);

			assertThat(leases.acquire(name, PATIENCE).blockOptional(PATIENCE)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET", "LPUSH" })
	void purgeWhenStoredPurgesAreForeignReachesOthers(String command) {
		List<Purge> seen = new CopyOnWriteArrayList<>();
		RedisServer.shared().command(command, names.of("purges"), "garbage");
		try (Purges purges = new Purges(stores.store(), InstantSource.system())) {
			purges.subscribe(seen::add);

			purges.publish(new Subjects("risk", Map.of("cohort", "1")));

			Awaitility.await().untilAsserted(() -> assertThat(seen).hasSize(1));
		}
	}

}
