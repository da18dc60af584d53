package io.htgateway.heatmap;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Effect of a file's age at the object store on the age of the heatmap.
 */
@GatewayTest
class HeatmapAgeIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void ageWhenObjectStoreTellsOneIsAddedToOurs() {
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				WireMock.okJson("{\"heatmap\":[1]}").withHeader("ETag", "\"same\"").withHeader("Age", "40, 7"));

		assertThat(gateway.get(HEATMAP).header("Age")).isEqualTo("40");
		clock.advance(Duration.ofSeconds(2));
		assertThat(gateway.get(HEATMAP).header("Age")).isEqualTo("42");

		clock.advance(Duration.ofMinutes(20));
		upstream.answerNext(Endpoint.DOWNLOAD, 1, WireMock.status(304).withHeader("Age", "3"));
		Gateway.Response confirmed = gateway.get(HEATMAP);
		assertThat(confirmed.header("Cache-Status")).endsWith("; fwd=stale; fwd-status=304");
		assertThat(confirmed.header("Age")).isEqualTo("3");
	}

}
