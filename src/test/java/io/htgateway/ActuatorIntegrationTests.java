package io.htgateway;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@SecurityTest
@GatewayTest
class ActuatorIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Test
	void managementPortListsHealthInfoPrometheusGatewayAndSbomOnly() {
		assertThat(gateway.actuator("").json().path("_links").propertyNames()).containsExactlyInAnyOrder("self",
				"health", "health-path", "info", "prometheus", "gateway", "gateway-part", "sbom", "sbom-id");
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

	@Test
	void sbomNamesWhatTheGatewayIsMadeOf() {
		JsonNode sbom = gateway.actuator("/sbom/application").json();

		assertThat(sbom.path("bomFormat").asString()).isEqualTo("CycloneDX");
		assertThat(sbom.path("metadata").path("component").path("name").asString()).isEqualTo("hypertracker-gateway");
		assertThat(sbom.path("components")).extracting((component) -> component.path("name").asString())
			.contains("netty-codec-http", "reactor-netty-http", "caffeine", "spring-webflux")
			.doesNotContain("wiremock-standalone", "archunit-junit5");
		assertThat(sbom.path("components"))
			.allSatisfy((component) -> assertThat(component.path("version").asString()).isNotBlank());
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
			"/health/upstream", "/sbom", "/sbom/application" })
	void endpointIsNotOnPortOfClients(String path) {
		assertThat(gateway.get("/actuator" + path).status()).isEqualTo(404);
	}

}
