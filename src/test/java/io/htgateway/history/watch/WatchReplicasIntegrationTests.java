package io.htgateway.history.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.Endpoint;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.state.Timeline;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import io.htgateway.time.Dates;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three replicas that share a Redis and a watch list of two keys.
 */
@Tag("replicas")
class WatchReplicasIntegrationTests {

	/**
	 * Ages of three successive states, each of which is accepted as recent.
	 */
	private static final List<Duration> AGES = List.of(Duration.ofSeconds(280), Duration.ofSeconds(150),
			Duration.ofSeconds(1));

	private final MutableClock upstream = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@Test
	void oneReplicaWatchesForAllAndAnotherOneOnceItHasStopped(@TempDir Path directory) {
		try (Replicas replicas = Replicas.before(upstream, RedisServer.shared())
			.with("gateway.heatmap.follows-state", true)
			.with("gateway.heatmap.ttl", "1s")
			.with("gateway.history.enabled", true)
			.with("gateway.history.location", directory)
			.with("gateway.history.watch", "heatmap/BTC,heatmap/ETH")
			.start(3)) {
			Instant start = dates(replicas);
			// The state clock causes one more load of the endpoint with its first state.
			assertState(replicas, start.minus(AGES.get(0)), 3);
			assertState(replicas, start.minus(AGES.get(1)), 2);

			replicas.stop(watching(replicas));
			Awaitility.await().until(() -> watches(replicas).anyMatch(Watch::isActive));
			assertState(replicas, start.minus(AGES.get(2)), 2);
		}
	}

	private void assertState(Replicas replicas, Instant at, int calls) {
		report(replicas, at);
		awaitLoads(replicas);
		upstream.advance(Duration.ofMinutes(5));
		int before = replicas.upstream().calls(Endpoint.HEATMAP);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> replicas.upstream().calls(Endpoint.HEATMAP) >= before + calls);
		for (int run = 0; run < 3; run++) {
			watches(replicas).forEach((watch) -> watch.run().block());
			awaitLoads(replicas);
		}
		assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(before + calls);
		assertThat(watches(replicas).filter(Watch::isActive)).hasSize(1);
	}

	private static void awaitLoads(Replicas replicas) {
		Awaitility.await()
			.until(() -> contexts(replicas)
				.allMatch((gateway) -> gateway.bean(ResponseCache.class).loadsInFlight() == 0));
	}

	private static Instant dates(Replicas replicas) {
		return contexts(replicas).findFirst().orElseThrow().bean(Dates.class).clock().instant();
	}

	private static void report(Replicas replicas, Instant at) {
		contexts(replicas).findFirst()
			.orElseThrow()
			.bean(StateClock.class)
			.report(new StateUpdate(at, at.plusSeconds(360), StateSource.WEBHOOK, null, null));
		Awaitility.await().until(() -> contexts(replicas).allMatch((gateway) -> {
			Timeline newest = gateway.bean(StateClock.class).newest();
			return newest != null && Duration.between(at, newest.at()).abs().toMillis() < 1_000;
		}));
	}

	private static Replica watching(Replicas replicas) {
		return contexts(replicas).filter((gateway) -> gateway.bean(Watch.class).isActive()).findFirst().orElseThrow();
	}

	private static Stream<Watch> watches(Replicas replicas) {
		return contexts(replicas).map((gateway) -> gateway.bean(Watch.class));
	}

	private static Stream<ReplicaContext> contexts(Replicas replicas) {
		return replicas.all().stream().map(ReplicaContext.class::cast);
	}

}
