package io.htgateway.shared.cache;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of many clients that request the same from several replicas at once.
 */
@Tag("replicas")
class ReplicaHerdIntegrationTests {

	/**
	 * Most requests in flight: a test machine cannot hold the connections of all.
	 */
	private static final int MAX_IN_FLIGHT = 600;

	@Test
	void threeReplicasWithTwoHundredRequestsEachForEachKeyCallUpstreamOnceForEach() {
		try (Replicas replicas = Replicas.on(RedisServer.shared()).with("gateway.access-log.enabled", false).start(3)) {
			Semaphore permits = new Semaphore(MAX_IN_FLIGHT);

			List<Gateway.Response> responses = Targets.all()
				.stream()
				.flatMap((target) -> IntStream.range(0, 200)
					.boxed()
					.flatMap((client) -> replicas.gateways().stream().map((gateway) -> send(gateway, target, permits))))
				.toList()
				.stream()
				.map(CompletableFuture::join)
				.toList();

			assertThat(responses).hasSize(46 * 200 * 3)
				.allSatisfy((response) -> assertThat(response.status()).isEqualTo(200));
			assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(16);
			assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(30);
			assertThat(replicas.upstream().calls(Endpoint.DOWNLOAD)).isEqualTo(30);
		}
	}

	private static CompletableFuture<Gateway.Response> send(Gateway gateway, String target, Semaphore permits) {
		permits.acquireUninterruptibly();
		return gateway.send("GET", target).whenComplete((response, failure) -> permits.release());
	}

}
