package io.htgateway.shared.cache;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that was rejected at one replica, at the others.
 */
@Tag("replicas")
class SharedRejectionIntegrationTests {

	private static final RedisServer REDIS = RedisServer.shared();

	private static Replicas replicas;

	@BeforeAll
	static void twoReplicasRun() {
		replicas = Replicas.on(REDIS).start(2);
	}

	@AfterAll
	static void replicasEnd() {
		replicas.close();
	}

	@BeforeEach
	void upstreamWorks() {
		replicas.upstream().reset();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 422 })
	void requestThatTheUpstreamRejectedCostsOneCallAtAllReplicas(int status) {
		String target = Targets.heatmap("NOSUCH" + status);
		replicas.upstream().answer(Endpoint.HEATMAP, WireMock.jsonResponse("{\"message\":\"no such\"}", status));

		Gateway.Response first = replicas.gateway(0).get(target);
		Gateway.Response second = replicas.gateway(1).get(target);
		Gateway.Response third = replicas.add().gateway().get(target);

		assertThat(first.status()).isEqualTo(status);
		assertThat(second.status()).isEqualTo(status);
		assertThat(third.status()).isEqualTo(status);
		assertThat(second.json().get("detail")).isEqualTo(first.json().get("detail"));
		assertThat(third.json().get("detail")).isEqualTo(first.json().get("detail"));
		assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	@Test
	void fileThatTheStoreHasNotCostsOneCallAtAllReplicas() {
		String target = Targets.heatmap("NOFILE");
		replicas.upstream()
			.answer(Endpoint.DOWNLOAD,
					WireMock.aResponse().withStatus(404).withBody("<Error><Code>NoSuchKey</Code></Error>"));

		Gateway.Response first = replicas.gateway(0).get(target);
		Gateway.Response second = replicas.gateway(1).get(target);

		assertThat(first.status()).isEqualTo(404);
		assertThat(second.status()).isEqualTo(404);
		assertThat(second.json().get("detail")).isEqualTo(first.json().get("detail"));
		assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

}
