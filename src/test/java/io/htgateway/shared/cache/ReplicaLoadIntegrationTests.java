package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Steady load on several replicas.
 */
@Tag("replicas")
class ReplicaLoadIntegrationTests {

	private static final Duration TTL = Duration.ofSeconds(5);

	@Test
	void threeReplicasUnderLoadForTenLifetimesCallUpstreamAsOftenAsOne() throws Exception {
		try (Replicas replicas = Replicas.on(RedisServer.shared())
			.with("gateway.access-log.enabled", false)
			.with("gateway.risk.ttl", TTL)
			.with("gateway.heatmap.ttl", TTL)
			.start(3)) {
			AtomicBoolean over = new AtomicBoolean();
			List<Integer> statuses = new ArrayList<>();
			long start = System.nanoTime();

			List<Thread> clients = IntStream.range(0, 6).mapToObj((number) -> Thread.ofPlatform().start(() -> {
				while (!over.get()) {
					for (String target : Targets.all()) {
						int status = replicas.gateway(number % 3).get(target).status();
						synchronized (statuses) {
							statuses.add(status);
						}
					}
				}
			})).toList();
			Awaitility.await()
				.pollInterval(Duration.ofMillis(20))
				.atMost(TTL.multipliedBy(11))
				.until(() -> System.nanoTime() - start >= TTL.multipliedBy(10).toNanos());
			int calls = calls(replicas.upstream());
			over.set(true);
			for (Thread client : clients) {
				client.join();
			}

			assertThat(statuses).hasSizeGreaterThan(10_000).containsOnly(200);
			assertThat(calls).isCloseTo(460, Offset.offset(9));
		}
	}

	private static int calls(SimulatedHyperTracker upstream) {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP);
	}

}
