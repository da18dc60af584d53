package io.htgateway.declared;

import java.util.List;

import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints of <code>docs/endpoints.yaml</code>, imported as it says.
 */
@GatewayTest
@TestPropertySource(properties = "spring.config.import=file:docs/endpoints.yaml")
class EndpointsYamlIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private List<MirroredEndpoint<?>> endpoints;

	@Test
	void allAreInTheDocumentOfTheApi() {
		String document = gateway.get("/v3/api-docs").text();

		assertThat(endpoints).hasSizeGreaterThan(30)
			.allSatisfy((endpoint) -> assertThat(document).contains('"' + endpoint.description().route() + '"'));
	}

	@ParameterizedTest
	@CsvSource({ "segments, SEGMENTS", "segments/7/bias-history?start=2026-01-01&limit=10, BIAS_HISTORY",
			"positions/heatmap, POSITIONS_HEATMAP", "fills?address=0xa&start=2026-01-01, ADDRESS_FILLS",
			"positions/open/coin/BTC, OPEN_POSITIONS", "exports/coins/BTC/segment-metrics-24h, COIN_EXPORT",
			"state/summary, STATE_SUMMARY", "positions/coins, POSITIONS_COINS",
			"orders/5m-snapshots/coins/BTC/download, ORDER_DOWNLOAD",
			"exports/coins/BTC/liquidation-heatmap, HEATMAP" })
	void requestIsAnsweredOnceFromUpstreamAndThenFromTheCache(String target, Endpoint endpoint) {
		Gateway.Response first = gateway.get("/api/external/" + target);
		Gateway.Response second = gateway.get("/api/external/" + target);

		assertThat(first.status()).isEqualTo(200);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.header("Cache-Status")).contains("; hit");
		assertThat(upstream.calls(endpoint)).isOne();
	}

}
