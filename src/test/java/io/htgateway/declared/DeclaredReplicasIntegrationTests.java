package io.htgateway.declared;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Declared endpoints of replicas that share a Redis.
 */
@Tag("replicas")
class DeclaredReplicasIntegrationTests {

	private static final String POSITIONS = "/api/external/positions/heatmap";

	private static final String BIAS = "/api/external/segments/%d/bias-history";

	@Test
	void coldRequestsForALargeBodyAtTwoReplicasAreOneCallAndSurviveARestart() {
		try (Replicas replicas = Replicas.on(RedisServer.shared())
			.with("gateway.endpoints.positions.path", "/positions/heatmap")
			.with("gateway.endpoints.positions.ttl", "1h")
			.start(2)) {
			replicas.upstream().hold(Endpoint.POSITIONS_HEATMAP);
			List<CompletableFuture<Gateway.Response>> requests = replicas.gateways()
				.stream()
				.flatMap((gateway) -> Stream.generate(() -> gateway.send("GET", POSITIONS)).limit(100))
				.toList();
			replicas.upstream().release(Endpoint.POSITIONS_HEATMAP);
			byte[] body = requests.getFirst().join().body();

			assertThat(body).hasSizeGreaterThan(1_000_000);
			assertThat(requests.stream().map(CompletableFuture::join)).hasSize(200)
				.allSatisfy((response) -> assertThat(response.body()).isEqualTo(body));
			assertThat(replicas.upstream().calls(Endpoint.POSITIONS_HEATMAP)).isOne();

			awaitShared(replicas.gateway(1), POSITIONS);
			replicas.all().forEach(replicas::stop);
			Gateway.Response found = replicas.add().gateway().get(POSITIONS);

			assertThat(found.body()).isEqualTo(body);
			assertThat(found.header("Cache-Status")).contains("; hit");
			assertThat(replicas.upstream().calls(Endpoint.POSITIONS_HEATMAP)).isOne();
		}
	}

	@Test
	void purgeByAVariableHoldsAtAllReplicas() {
		try (Replicas replicas = Replicas.on(RedisServer.shared())
			.with("gateway.endpoints.bias-history.path", "/segments/{segmentId}/bias-history")
			.start(2)) {
			for (Replica replica : replicas.all()) {
				replica.gateway().get(BIAS.formatted(7));
				replica.gateway().get(BIAS.formatted(8));
				awaitShared(replica.gateway(), BIAS.formatted(7));
				awaitShared(replica.gateway(), BIAS.formatted(8));
			}
			int before = replicas.upstream().calls(Endpoint.BIAS_HISTORY);

			replicas.gateway(0).actuator("DELETE", "/gateway?segmentId=7");

			Awaitility.await()
				.until(() -> ttl(replicas.gateway(1).get(BIAS.formatted(7), "Cache-Control", "only-if-cached")) <= 0);
			assertThat(ttl(replicas.gateway(1).get(BIAS.formatted(8), "Cache-Control", "only-if-cached"))).isPositive();
			assertThat(before).isEqualTo(2);
			assertThat(replicas.upstream().calls(Endpoint.BIAS_HISTORY)).isEqualTo(before);
		}
	}

	private static int ttl(Gateway.Response response) {
		return Integer.parseInt(response.header("Cache-Status").replaceAll(".*; ttl=(-?\\d+).*", "$1"));
	}

	private static void awaitShared(Gateway gateway, String target) {
		Awaitility.await().until(() -> gateway.get(target, "Cache-Control", "only-if-cached").status() == 200);
	}

}
