package io.htgateway.shared.cache;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one replica has loaded, as others answer it.
 */
class SharedResponseIntegrationTests {

	private static Replicas replicas;

	@BeforeAll
	static void twoReplicasRun() {
		replicas = Replicas.on(RedisServer.shared()).start(2);
	}

	@AfterAll
	static void replicasEnd() {
		replicas.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/external/1/assets/liquidation-risk?offset=3&limit=7",
			"/api/external/1/assets/liquidation-risk", "/api/external/exports/coins/BTC/liquidation-heatmap",
			"/api/external/fills/liquidation?limit=3&coin=BTC" })
	void getWhenAnotherReplicaHasLoadedIsHitOfTheSameBytes(String target) {
		Gateway.Response loaded = replicas.gateway(0).get(target);
		awaitShared(target);
		int calls = calls();

		Gateway.Response found = replicas.gateway(1).get(target);

		assertThat(found.status()).isEqualTo(200);
		assertThat(found.body()).isEqualTo(loaded.body());
		assertThat(found.header("Cache-Status")).contains("; hit; ");
		assertThat(found.header("ETag")).isEqualTo(loaded.header("ETag"));
		assertThat(found.header("Content-Type")).isEqualTo(loaded.header("Content-Type"));
		assertThat(found.headers().getFirst("Last-Modified")).isEqualTo(loaded.headers().getFirst("Last-Modified"));
		assertThat(calls()).isEqualTo(calls);
	}

	private void awaitShared(String target) {
		Awaitility.await()
			.until(() -> replicas.gateway(1).get(target, "Cache-Control", "only-if-cached").status() == 200);
	}

	private static int calls() {
		return replicas.upstream().calls(Endpoint.RISK) + replicas.upstream().calls(Endpoint.HEATMAP)
				+ replicas.upstream().calls(Endpoint.FILLS);
	}

}
