package io.htgateway.tracing;

import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches everything that a collector receives for the API key, for signed links and for
 * the token of a team.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=" + TraceLeakIntegrationTests.HASH })
class TraceLeakIntegrationTests extends TracedGateway {

	private static final String TOKEN = "canary-token-77a1";

	static final String HASH = "4fa20cf616c79123729085a5f4c5a902e37c2b29968cf096e5b6d3e52229e31b";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String ADDRESS = "0xab5801a7d398351b8be11c439e05c5b3259aec9b";

	private static final String FILLS = "/api/external/fills/liquidation";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@AfterEach
	void nothingIsTold() {
		flush();
		assertThat(COLLECTOR.loads()).isNotEmpty();
		assertThat(COLLECTOR.text()).contains("research")
			.doesNotContain(TOKEN, HASH, ADDRESS)
			.doesNotContainIgnoringCase(upstream.key())
			.doesNotContainIgnoringCase("X-Amz-")
			.doesNotContainIgnoringCase("Signature")
			.doesNotContainIgnoringCase("Bearer")
			.doesNotContain(Integer.toString(upstream.storeBaseUrl().getPort()) + "/");
	}

	@Test
	void successTellsNoSecret() {
		for (String target : List.of(HEATMAP, HEATMAP, FILLS + "?address=" + ADDRESS)) {
			assertThat(get(target).status()).isEqualTo(200);
		}
		assertThat(upstream.requests(Endpoint.DOWNLOAD).getFirst().getUrl()).contains("X-Amz-Signature=");
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 403, 404, 500, 503 })
	void upstreamsErrorTellsNoSecretThatItRepeats(int status) {
		upstream.answer(Endpoint.HEATMAP,
				WireMock
					.jsonResponse("{\"message\":\"" + upstream.key() + " " + upstream.signedLink("BTC") + "\"}", status)
					.withHeader("Location", "ftp://" + upstream.key() + "/?X-Amz-Signature=1"));

		assertThat(get(HEATMAP).status()).isGreaterThanOrEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 403, 404, 500 })
	void storesErrorTellsNoSecret(int status) {
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.status(status)
					.withHeader("Location", upstream.signedLink("ETH").toString())
					.withBody(upstream.signedLink("BTC").toString()));

		assertThat(get(HEATMAP).status()).isGreaterThanOrEqualTo(400);
	}

	@Test
	void brokenDownloadTellsNoSecret() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

		assertThat(get(HEATMAP).status()).isEqualTo(502);
	}

	private Gateway.Response get(String target) {
		return gateway.get(target, "Authorization", "Bearer " + TOKEN);
	}

}
