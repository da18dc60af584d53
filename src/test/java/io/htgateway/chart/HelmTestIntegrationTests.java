package io.htgateway.chart;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pod of <code>helm test</code> asks for, and expects.
 */
@GatewayTest
class HelmTestIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Test
	void requestIsAnsweredForOneCall() {
		URI url = URI.create(environment("").getOrDefault("URL", ""));

		assertThat(gateway.get(url.getRawPath() + "?" + url.getRawQuery()).status()).isEqualTo(200);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(url).hasHost("gw-hypertracker-gateway").hasPort(80);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			"" | 200
			teams: {existingSecret: teams} | 401
			gateway: {access: {jwt: {issuer-uri: https://issuer.example, audience: a}}} | 401
			test: {existingSecret: token} | 200
			""")
	void tokenIsMissedWhereThereAreTeams(String values, String status) {
		assertThat(environment(values)).containsEntry("EXPECTED", status);
	}

	private static Map<String, String> environment(String values) {
		return Rendering.list(Chart.render(values).only("Pod"), "spec.containers.0.env")
			.stream()
			.map(Rendering::fields)
			.filter((variable) -> variable.containsKey("value"))
			.collect(Collectors.toMap((variable) -> Rendering.text(variable, "name"),
					(variable) -> Rendering.text(variable, "value")));
	}

}
