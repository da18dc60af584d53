package io.htgateway.web;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses during the backoff after a failed load, with nothing stored.
 */
@GatewayTest
class BackoffIntegrationTests {

	private static final String RISK = "/api/external/7/assets/liquidation-risk?limit=10";

	private static final String HEATMAP = "/api/external/exports/coins/NONE/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void requestInBackoffGetsRetryAfterAndNoForwardStatus() {
		upstream.answer(Endpoint.RISK, WireMock.status(500));
		assertThat(gateway.get(RISK).headers().containsHeader("Retry-After")).isFalse();

		Gateway.Response response = gateway.get(RISK);

		JsonNode problem = Problems.check(response, 502, Problems.OWN + "upstream-failed");
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=backoff");
		int seconds = Integer.parseInt(response.header("Retry-After"));
		assertThat(seconds).isBetween(1, 2);
		assertThat(problem.path("retryAfterSeconds").asInt()).isEqualTo(seconds);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);

		upstream.reset();
		clock.advance(Duration.ofSeconds(seconds));
		assertThat(gateway.get(RISK).status()).isEqualTo(200);
	}

	@Test
	void requestWhenNotFoundIsRememberedSaysThatNoCallWasMade() {
		upstream.answer(Endpoint.HEATMAP, WireMock.jsonResponse("{\"message\":\"no such coin\"}", 404));
		assertThat(gateway.get(HEATMAP).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=uri-miss; fwd-status=404");

		Gateway.Response response = gateway.get(HEATMAP);

		JsonNode problem = Problems.check(response, 404, Problems.OWN + "upstream-rejected");
		assertThat(problem.path("detail").asString()).isEqualTo("no such coin");
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=not-found");
		assertThat(response.headers().containsHeader("Retry-After")).isFalse();
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 429 })
	void requestWhenNoCallIsMadeForAnyKeySaysWhy(int status) {
		upstream.answer(Endpoint.RISK, WireMock.status(status));
		gateway.get(RISK);

		assertThat(gateway.get(RISK).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; detail=" + ((status == 401) ? "credentials" : "cooldown"));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

}
