package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.LoadWaiters;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses larger than the whole cache.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.cache.max-size=1MB")
class LargeResponseIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/SOL/liquidation-heatmap";

	private static final String RISK = "/api/external/4/assets/liquidation-risk?limit=5";

	private static final String NOT_STORED = "hypertracker-gateway; fwd=uri-miss";

	private static final byte[] LARGE = ("{\"coin\":\"SOL\",\"heatmap\":[" + " ".repeat(1_200_000) + "]}")
		.getBytes(StandardCharsets.UTF_8);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private LoadWaiters waiters;

	@BeforeEach
	void fileIsLargeAndConnectionsAreOpen() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.ok().withBody(LARGE));
		gateway.getAll(50, "/v3/api-docs");
	}

	@Test
	void requestsWhenManyWaitForLargeResponseAllGetItFromOneLoad() {
		upstream.hold(Endpoint.DOWNLOAD);
		int before = waiters.count();

		List<CompletableFuture<Gateway.Response>> responses = gateway.sendAll(50, HEATMAP);
		waiters.await(49, before);
		upstream.release(Endpoint.DOWNLOAD);

		assertThat(responses).extracting(CompletableFuture::join).allSatisfy((response) -> {
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(LARGE);
			assertThat(response.header("Cache-Status")).isIn(NOT_STORED, NOT_STORED + "; collapsed");
		});
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(1);
	}

	@Test
	void requestsWhenResponseIsLargerThanCacheItIsNotKeptAndOthersAre() {
		gateway.get(RISK);
		assertThat(gateway.get(HEATMAP).header("Cache-Status")).isEqualTo(NOT_STORED);

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(gateway.get(HEATMAP, "Cache-Control", "only-if-cached").status()).isEqualTo(504));

		assertThat(gateway.get(RISK).header("Cache-Status")).contains("; hit; ");
		assertThat(gateway.get(HEATMAP).body()).isEqualTo(LARGE);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(2);
	}

}
