package io.htgateway.ops;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway is healthy without its upstream, whose health is reported separately.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.budget.per-day=40")
class HealthIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@AfterEach
	void gatewayIsWellWhateverTheUpstreamIs() {
		for (String path : new String[] { "/health", "/health/liveness", "/health/readiness" }) {
			assertThat(gateway.actuator(path).status()).isEqualTo(200);
			assertThat(gateway.actuator(path).json().path("status").asString()).isEqualTo("UP");
		}
		assertThat(gateway.actuator("/health").text()).doesNotContain("upstreamCalls");
	}

	@Test
	void upstreamWhenNothingIsKnownIsUp() {
		assertThat(gateway.actuator("/health/upstream").status()).isEqualTo(200);
		assertThat(component().path("status").asString()).isEqualTo("UP");
	}

	@ParameterizedTest
	@CsvSource({ "429, cooling-down, 30", "401, key-refused, " })
	void upstreamWhenItWantsNoCallsIsOutOfService(int status, String reason, @Nullable Integer seconds) {
		upstream.answer(Endpoint.RISK, WireMock.status(status).withHeader("Retry-After", "30"));
		gateway.get(risk(5));

		assertOutOfService(reason, seconds);
	}

	@Test
	void upstreamWhenItForbidsOneEndpointIsUpAndNamesIt() {
		upstream.answer(Endpoint.RISK, WireMock.status(403));
		gateway.get(risk(5));

		assertThat(gateway.actuator("/health/upstream").status()).isEqualTo(200);
		assertThat(component().path("details").path("refusedEndpoints").toString()).isEqualTo("[\"risk\"]");

		upstream.answer(Endpoint.FILLS, WireMock.status(403));
		gateway.get("/api/external/fills/liquidation");
		assertOutOfService("key-refused", null);
	}

	@Test
	void upstreamWhenItFailsIsOutOfServiceUntilBreakerLetsCallsPass() {
		upstream.answer(Endpoint.RISK, WireMock.status(500));
		for (int call = 0; call < 20; call++) {
			gateway.get(risk(1 + call % 16));
			clock.advance(Duration.ofSeconds((call == 15) ? 61 : 0));
		}

		assertOutOfService("breaker-open", 10);
		clock.advance(Duration.ofSeconds(11));
		assertThat(gateway.actuator("/health/upstream").status()).isEqualTo(200);
	}

	@Test
	void upstreamWhenBudgetIsSpentIsOutOfService() {
		for (int call = 0; call < 50; call++) {
			gateway.get("/api/external/fills/liquidation?limit=" + (call + 1));
		}

		Instant tomorrow = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
		assertOutOfService("budget-spent:day",
				Math.toIntExact(Duration.between(clock.instant(), tomorrow).toSeconds()));
	}

	private void assertOutOfService(String reason, @Nullable Integer seconds) {
		assertThat(gateway.actuator("/health/upstream").status()).isEqualTo(503);
		assertThat(component().path("status").asString()).isEqualTo("OUT_OF_SERVICE");
		assertThat(component().path("details").path("reason").asString()).isEqualTo(reason);
		if (seconds != null) {
			assertThat(component().path("details").path("seconds").asInt()).isEqualTo(seconds);
		}
	}

	private JsonNode component() {
		return gateway.actuator("/health/upstream").json().path("components").path("upstreamCalls");
	}

	private static String risk(int segment) {
		return "/api/external/" + segment + "/assets/liquidation-risk?limit=3";
	}

}
