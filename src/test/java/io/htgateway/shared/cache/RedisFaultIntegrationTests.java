package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.htgateway.shared.SharedStore;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that Redis may fail under traffic, in every way that is known.
 */
@Tag("replicas")
class RedisFaultIntegrationTests {

	private static final List<String> TARGETS = Targets.all().subList(0, 20);

	private static final Duration PHASE = Duration.ofSeconds(3);

	private static final Duration TTL = Duration.ofSeconds(1);

	@ParameterizedTest
	@EnumSource
	void warmKeysAreServedAsQuicklyWhen(Fault fault) {
		try (RedisServer redis = RedisServer.start(); Replicas replicas = replicas(redis).start(2)) {
			TARGETS.forEach((target) -> replicas.gateways().forEach((gateway) -> gateway.get(target)));
			try (Traffic traffic = new Traffic(replicas.gateways(), TARGETS)) {
				Duration usual = Traffic.p99(traffic.during(PHASE));
				int before = Targets.calls(replicas.upstream());

				fault.begin.accept(redis);
				List<Traffic.Answer> answers = traffic.during(PHASE);

				assertThat(answers).hasSizeGreaterThan(100).extracting(Traffic.Answer::status).containsOnly(200);
				assertThat(Traffic.p99(answers)).isLessThan(usual.plusMillis(50));
				int calls = Targets.calls(replicas.upstream());
				assertThat(calls - before).isLessThanOrEqualTo(2 * TARGETS.size() * (int) (PHASE.dividedBy(TTL) + 1));
				fault.end.accept(redis);
				awaitAvailable(replicas);
				assertThat(traffic.during(TTL)).extracting(Traffic.Answer::status).containsOnly(200);
			}
		}
	}

	@Test
	void replicaServesWhenRedisIsDownAtItsStartAndUsesItLater() {
		try (RedisServer redis = RedisServer.start(); Replicas replicas = replicas(redis)) {
			redis.kill();
			ReplicaContext replica = replicas.add();

			assertThat(replica.gateway().get(TARGETS.getFirst()).status()).isEqualTo(200);
			assertThat(replica.gateway().actuator("/health/readiness").status()).isEqualTo(200);
			assertThat(replica.gateway().actuator("/health").status()).isEqualTo(200);
			assertThat(replica.bean(SharedStore.class).isAvailable()).isFalse();
			redis.restartEmpty();
			awaitAvailable(replicas);
		}
	}

	private static Replicas replicas(RedisServer redis) {
		return Replicas.on(redis)
			.with("gateway.access-log.enabled", false)
			.with("gateway.shared.timeout", "250ms")
			.with("gateway.risk.ttl", TTL)
			.with("gateway.heatmap.ttl", TTL);
	}

	private static void awaitAvailable(Replicas replicas) {
		for (Replica replica : replicas.all()) {
			SharedStore store = ((ReplicaContext) replica).bean(SharedStore.class);
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(store::isAvailable);
		}
	}

	@SuppressWarnings("ImmutableEnumChecker")
	private enum Fault {

		KILLED(RedisServer::kill, RedisServer::restartEmpty), PAUSED(RedisServer::pause, RedisServer::resume),
		EMPTY(RedisServer::restartEmpty, (redis) -> {
		}), GARBAGE(Fault::spoil, (redis) -> {
		}), READ_ONLY(RedisServer::makeReadOnly, RedisServer::makeWritable),
		OUT_OF_MEMORY((redis) -> redis.command("CONFIG", "SET", "maxmemory", "1"),
				(redis) -> redis.command("CONFIG", "SET", "maxmemory", "0")),
		SLOW((redis) -> Unrest.begin(redis, Duration.ZERO, (round) -> redis.command("CLIENT", "PAUSE", "2000")),
				Unrest::end),
		FLAPPING((redis) -> Unrest.begin(redis, Duration.ofMillis(400), (round) -> flap(redis, round)), Unrest::end),
		PASSWORD(Fault::changePassword, (redis) -> redis.command("CONFIG", "SET", "requirepass", ""));

		private final Consumer<RedisServer> begin;

		private final Consumer<RedisServer> end;

		Fault(Consumer<RedisServer> begin, Consumer<RedisServer> end) {
			this.begin = begin;
			this.end = end;
		}

		private static void flap(RedisServer redis, int round) {
			if (round % 2 == 0) {
				redis.kill();
			}
			else {
				redis.restartEmpty();
			}
		}

		private static void spoil(RedisServer redis) {
			redis.texts("KEYS", "*").forEach((key) -> redis.command("SET", key, "garbage"));
		}

		private static void changePassword(RedisServer redis) {
			redis.requirePassword("another");
			redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
		}

	}

}
