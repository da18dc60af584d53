package io.htgateway.shared.guard;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.upstream.response.UpstreamException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the findings about the upstream that replicas share.
 */
class SharedGuardTests {

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	private final List<ReplicaGuard> replicas = new ArrayList<>();

	private final ReplicaGuard first = start("key");

	private final ReplicaGuard second = start("key");

	@AfterEach
	void close() {
		replicas.forEach(ReplicaGuard::close);
	}

	@Test
	void pauseOfOneReplicaAppliesToAll() {
		first.end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));

		Awaitility.await().until(() -> !second.succeeds());
		assertThat(second.guard().pauseLeft()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
		assertThat(start("key").succeeds()).isFalse();
	}

	@Test
	void pauseWhoseMessageIsLostAppliesToAllSoon() {
		redis.command("HSET", prefix + ":1:{guard}:pause", "until", String.valueOf(System.currentTimeMillis() + 30_000),
				"second", "-1", "admitted", "0", "length", "30000");

		Awaitility.await().until(() -> !first.succeeds() && !second.succeeds());
	}

	@Test
	void pauseIsNoLongerWhenTheClockOfRedisIsSetBack() {
		first.end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		Awaitility.await().until(() -> !second.succeeds());

		redis.command("HINCRBY", prefix + ":1:{guard}:pause", "until", String.valueOf(Duration.ofHours(1).toMillis()));

		assertThat(start("key").guard().pauseLeft()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
		redis.command("HINCRBY", prefix + ":1:{guard}:pause", "until", "-30000");
		assertThat(start("key").guard().pauseLeft()).isZero();
	}

	@Test
	void rampAfterAPauseIsSharedByAll() {
		first.end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		Awaitility.await().until(() -> !second.succeeds());

		redis.command("HSET", prefix + ":1:{guard}:pause", "until", String.valueOf(System.currentTimeMillis()));
		replicas.forEach((replica) -> replica.clock().advance(Duration.ofSeconds(33)));

		int calls = 0;
		for (int call = 0; call < 4; call++) {
			calls += first.succeeds() ? 1 : 0;
			calls += second.succeeds() ? 1 : 0;
		}
		// Each replica alone would admit four calls in this second of its clock.
		assertThat(calls).isBetween(1, 3);
	}

	@Test
	void keyThatIsRefusedToOneIsRefusedToAllUntilOneProbeIsAccepted() {
		first.end(new UpstreamException.CredentialsRefused(401));

		Awaitility.await().until(second.guard()::isKeyRefused);
		assertThat(second.succeeds()).isFalse();

		redis.command("DEL", prefix + ":1:{guard}:probe:key");
		second.clock().advance(Duration.ofMinutes(1));
		assertThat(second.succeeds()).isTrue();
		Awaitility.await().until(() -> !first.guard().isKeyRefused());
		assertThat(first.succeeds()).isTrue();
	}

	@Test
	void keyThatIsRefusedAsTheConnectionIsLostIsRefusedToAll() throws IOException {
		try (RedisRoute route = RedisRoute.to(redis);
				ReplicaGuard routed = ReplicaGuard.start(Stores.connect(route.port(), prefix, Duration.ofMillis(500)),
						"key")) {
			route.closeConnections();
			routed.end(new UpstreamException.CredentialsRefused(401));

			Awaitility.await().until(second.guard()::isKeyRefused);
			assertThat(routed.guard().isKeyRefused()).isTrue();
		}
	}

	@Test
	void probeWhenAnotherReplicaHasSentOneIsNotSent() {
		first.end(new UpstreamException.CredentialsRefused(401));
		Awaitility.await().until(second.guard()::isKeyRefused);
		replicas.forEach((replica) -> replica.clock().advance(Duration.ofMinutes(1)));

		assertThat(first.succeeds()).isFalse();
		assertThat(second.succeeds()).isFalse();
	}

	@Test
	void probeThatIsRefusedLateDoesNotDelayTheNext() {
		String probe = prefix + ":1:{guard}:probe:key";
		redis.command("SET", probe, "1", "PX", "30000");

		first.replicas().refused("key", "", Duration.ZERO).block();

		assertThat(redis.number("PTTL", probe)).isBetween(1L, 30_000L);
	}

	@Test
	void endpointThatIsRefusedToOneIsRefusedToAllUntilOneProbeIsAccepted() {
		first.end("fills", new UpstreamException.CredentialsRefused(403));

		Awaitility.await()
			.untilAsserted(() -> assertThat(second.guard().refusedEndpoints()).isEqualTo(List.of("fills")));
		assertThat(second.succeeds("fills")).isFalse();
		assertThat(second.succeeds("risk")).isTrue();
		assertThat(start("key").guard().refusedEndpoints()).containsExactly("fills");
		assertThat(start("new key").guard().refusedEndpoints()).isEmpty();
		replicas.forEach((replica) -> replica.clock().advance(Duration.ofMinutes(1)));
		assertThat(second.succeeds("fills")).isFalse();

		redis.command("DEL", prefix + ":1:{guard}:probe:key:fills");
		replicas.forEach((replica) -> replica.clock().advance(Duration.ofMinutes(1)));
		assertThat(second.succeeds("fills")).isTrue();
		Awaitility.await().until(() -> first.guard().refusedEndpoints().isEmpty());
		assertThat(first.succeeds("fills")).isTrue();
	}

	@Test
	void endpointsRefusedToOneReplicaEachWithinAMinuteCloseTheKeysLatch() {
		first.end("fills", new UpstreamException.CredentialsRefused(403));
		second.end("heatmap", new UpstreamException.CredentialsRefused(403));

		Awaitility.await().until(() -> first.guard().isKeyRefused() && second.guard().isKeyRefused());
		assertThat(first.succeeds("risk")).isFalse();
	}

	@Test
	void endpointsRefusedLongAgoDoNotCloseTheKeysLatchAtANewReplica() {
		refuseTwoEndpointsTwoMinutesApart();
		assertThat(first.guard().isKeyRefused()).isFalse();

		ReplicaGuard third = start("key");

		assertThat(third.guard().refusedEndpoints()).containsExactly("fills", "heatmap");
		assertThat(third.guard().isKeyRefused()).isFalse();
		assertThat(third.succeeds("risk")).isTrue();
	}

	@Test
	void endpointsWhoseProbesAreRefusedDoNotCloseTheKeysLatchAtANewReplica() {
		refuseTwoEndpointsTwoMinutesApart();
		for (String endpoint : List.of("fills", "heatmap")) {
			redis.command("HINCRBY", endpoints(), endpoint, "-120000");
			redis.command("DEL", prefix + ":1:{guard}:probe:key:" + endpoint);
		}

		for (String endpoint : List.of("fills", "heatmap")) {
			Awaitility.await().until(() -> {
				first.clock().advance(Duration.ofMinutes(1));
				first.end(endpoint, new UpstreamException.CredentialsRefused(403));
				return redis.number("EXISTS", prefix + ":1:{guard}:probe:key:" + endpoint) == 1;
			});
		}
		// This reply follows the findings about the probes.
		first.guard().synchronize().block();
		ReplicaGuard third = start("key");

		assertThat(third.guard().refusedEndpoints()).containsExactly("fills", "heatmap");
		assertThat(third.guard().isKeyRefused()).isFalse();
		assertThat(third.succeeds("risk")).isTrue();
	}

	@Test
	void permitOfTheRampIsReturnedWhenTheCallIsNotSent() {
		first.end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		Awaitility.await().until(() -> !second.succeeds());
		String pause = prefix + ":1:{guard}:pause";
		redis.command("HSET", pause, "until", String.valueOf(System.currentTimeMillis()));
		replicas.forEach((replica) -> replica.clock().advance(Duration.ofSeconds(33)));

		first.end(new IllegalStateException("no budget"));

		Awaitility.await().untilAsserted(() -> assertThat(redis.text("HGET", pause, "admitted")).isEqualTo("0"));
	}

	@Test
	void refusedKeyDoesNotAffectAnotherKey() {
		ReplicaGuard other = start("new key");
		first.end(new UpstreamException.CredentialsRefused(401));
		Awaitility.await().until(second.guard()::isKeyRefused);

		other.guard().synchronize().block();

		assertThat(other.guard().isKeyRefused()).isFalse();
		assertThat(other.succeeds()).isTrue();
	}

	@Test
	void keyThatChangesAtOneReplicaIsReloadedAtAll() {
		AtomicInteger others = new AtomicInteger();
		second.guard().onKeyHint(others::incrementAndGet);
		second.awaitListening();
		int before = others.get();

		first.guard().keyChanged("new key");

		Awaitility.await().until(() -> others.get() > before);
	}

	@Test
	void guardWorksWhenRedisHasGarbage() {
		redis.command("SET", prefix + ":1:{guard}:pause", "garbage");
		redis.command("LPUSH", prefix + ":1:{guard}:latch:key", "garbage");
		redis.command("HSET", prefix + ":1:{guard}:endpoints:key", "fills", "garbage");

		second.guard().synchronize().block();

		assertThat(second.succeeds()).isTrue();
		assertThat(second.stores().store().isAvailable()).isTrue();
	}

	// The two minutes pass for the second replica and for Redis too. Otherwise the second
	// replica sees two refusals within a minute, and closes the key's latch for all.
	private void refuseTwoEndpointsTwoMinutesApart() {
		first.end("fills", new UpstreamException.CredentialsRefused(403));
		Awaitility.await()
			.untilAsserted(() -> assertThat(second.guard().refusedEndpoints()).isEqualTo(List.of("fills")));
		redis.command("HINCRBY", endpoints(), "fills", "-120000");
		replicas.forEach((replica) -> replica.clock().advance(Duration.ofMinutes(2)));
		first.end("heatmap", new UpstreamException.CredentialsRefused(403));
		Awaitility.await().untilAsserted(() -> assertThat(redis.number("HLEN", endpoints())).isEqualTo(2));
	}

	private String endpoints() {
		return prefix + ":1:{guard}:endpoints:key";
	}

	private ReplicaGuard start(String key) {
		ReplicaGuard replica = ReplicaGuard.start(redis, prefix, key);
		replicas.add(replica);
		return replica;
	}

}
