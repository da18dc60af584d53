package io.htgateway.web;

import java.time.Duration;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * <code>Cache-Status</code> of requests that waited for a load, by the state of the cache
 * before it.
 */
@GatewayTest
class ReplacedResponseIntegrationTests {

	private static final String RISK = "/api/external/12/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = "/api/external/exports/coins/DOGE/liquidation-heatmap";

	private static final Duration LONG_STALE = Duration.ofMinutes(20);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@CsvSource({ "299, hit; ttl=1", "300, hit; ttl=0; detail=stale-while-revalidate",
			"899, hit; ttl=-599; detail=stale-while-revalidate", "900, fwd=stale; fwd-status=200; stored",
			"86699, fwd=stale; fwd-status=200; stored", "86700, fwd=uri-miss; stored" })
	void responseWhenAtEdgeOfWindowIsOnTheRightSide(int age, String status) {
		gateway.get(RISK);
		clock.advance(Duration.ofSeconds(age));

		assertStatus(gateway.get(RISK), status);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void responseWhenStaleOneWasReplacedIsFresh(String target) {
		gateway.get(target);
		clock.advance(LONG_STALE);

		Gateway.Response response = gateway.get(target);

		assertStatus(response, "fwd=stale; fwd-status=200; stored");
		assertThat(response.header("Age")).isEqualTo("0");
	}

	@Test
	void responseWhenClientHasTheNewOneIsNotModifiedAndHasStatusOfUpstream() {
		gateway.get(RISK);
		clock.advance(LONG_STALE);

		Gateway.Response response = gateway.get(RISK, "If-None-Match", "*");

		assertThat(response.status()).isEqualTo(304);
		assertStatus(response, "fwd=stale; fwd-status=200; stored");
	}

	@Test
	void responseWhenManyWaitForReplacementSaysSo() {
		gateway.getAll(20, "/v3/api-docs");
		gateway.get(RISK);
		clock.advance(LONG_STALE);
		upstream.delay(Endpoint.RISK, Duration.ofMillis(600));

		List<Gateway.Response> responses = gateway.getAll(20, RISK);

		assertThat(responses).filteredOn((response) -> status(response).endsWith("; stored"))
			.singleElement()
			.satisfies((response) -> assertStatus(response, "fwd=stale; fwd-status=200; stored"));
		assertThat(responses).filteredOn((response) -> !status(response).endsWith("; stored"))
			.hasSize(19)
			.allSatisfy((response) -> assertStatus(response, "fwd=stale; fwd-status=200; collapsed"));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	private static String status(Gateway.Response response) {
		return response.header("Cache-Status");
	}

	private static void assertStatus(Gateway.Response response, String status) {
		assertThat(status(response)).isEqualTo("hypertracker-gateway; " + status);
	}

}
