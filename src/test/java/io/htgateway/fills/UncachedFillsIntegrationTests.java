package io.htgateway.fills;

import java.time.Duration;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
@TestPropertySource(properties = "gateway.fills.ttl=0s")
class UncachedFillsIntegrationTests {

	private static final String PATH = "/api/external/fills/liquidation?limit=3";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Test
	void fillsWhenManyAskAtOnceShareOneLoad() {
		gateway.getAll(20, "/v3/api-docs");
		upstream.delay(Endpoint.FILLS, Duration.ofSeconds(2));

		List<Gateway.Response> responses = gateway.getAll(20, PATH);

		assertThat(responses).extracting(Gateway.Response::status).containsOnly(200);
		assertThat(responses).extracting(Gateway.Response::text).containsOnly(responses.getFirst().text());
		assertThat(responses).allSatisfy(UncachedFillsIntegrationTests::isNotStored);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
	}

	@Test
	void fillsWhenAskedOneAfterAnotherAreForwardedEachTime() {
		for (int calls = 1; calls <= 3; calls++) {
			isNotStored(gateway.get(PATH));

			assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(calls);
		}
	}

	private static void isNotStored(Gateway.Response response) {
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=bypass");
		assertThat(response.headers().containsHeader("Age")).isFalse();
	}

}
