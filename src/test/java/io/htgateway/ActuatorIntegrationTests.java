package io.htgateway;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class ActuatorIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Test
	void managementPortListsHealthInfoPrometheusAndGatewayOnly() {
		assertThat(gateway.actuator("").json().path("_links").propertyNames()).containsExactlyInAnyOrder("self",
				"health", "health-path", "info", "prometheus", "gateway");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/health", "/health/liveness", "/health/readiness" })
	void healthIsUpAndTellsNoDetails(String path) {
		Gateway.Response response = gateway.actuator(path);

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.json().path("status").asString()).isEqualTo("UP");
		assertThat(response.json().propertyNames()).isSubsetOf("status", "groups");
	}

	@Test
	void infoAndPrometheusAreServed() {
		assertThat(gateway.actuator("/info").status()).isEqualTo(200);
		assertThat(gateway.actuator("/prometheus").text()).contains("jvm_memory_used_bytes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/env", "/configprops", "/heapdump", "/threaddump", "/loggers", "/beans", "/mappings",
			"/conditions", "/httpexchanges", "/metrics", "/shutdown", "/caches", "/scheduledtasks", "/startup",
			"/env/gateway.upstream.api-key" })
	void anyOtherEndpointIsNotFound(String path) {
		assertThat(gateway.actuator(path).status()).isEqualTo(404);
		assertThat(gateway.get("/actuator" + path).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/health", "/health/liveness", "/health/readiness", "/info", "/prometheus", "/gateway",
			"/health/upstream" })
	void endpointIsNotOnPortOfClients(String path) {
		assertThat(gateway.get("/actuator" + path).status()).isEqualTo(404);
	}

}
