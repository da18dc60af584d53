package io.htgateway.ops;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators enter the number of calls that HyperTracker shows.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = { "gateway.budget.per-day=40000", "gateway.budget.per-month=50000" })
class CorrectedSpendIntegrationTests {

	@Autowired
	private Gateway gateway;

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"used\":1}", "x" })
	void probe(String body, CapturedOutput output) {
		for (String b : List.of("{\"used\":30000}", "{\"used\":\"30000\"}", "{\"used\":-1}", "{\"used\":1.0}", "{\"used\":1e3}", "{\"used\":50001}", "{}", "", "null", "[]", "{", "{\"used\":null}", "{\"used\":[1]}", "{\"used\":{}}", "{\"used\":true}", "{\"used\":\"\"}", "{\"used\":5,\"windo\":\"day\"}", "{\"used\":5,\"window\":\"minute\"}", "{\"used\":500,\"window\":\"day\"}", "{\"used\":" + "9".repeat(300) + "}", "{\"used\":\"" + "9".repeat(300000) + "\"}")) {
			Gateway.Response r = gateway.actuatorPost("/gateway", "application/json", b);
			System.err.println("PROBE " + b.substring(0, Math.min(60, b.length())) + " -> " + r.status() + " " + r.text());
		}
		Gateway.Response r = gateway.actuatorPost("/gateway", "text/plain", "{\"used\":30000}");
		System.err.println("PROBE text -> " + r.status() + " " + r.text());
		r = gateway.actuator("POST", "/gateway?used=5");
		System.err.println("PROBE query -> " + r.status() + " " + r.text());
		r = gateway.actuatorPost("/gateway?x", "application/json", "{\"used\":30000}");
		System.err.println("PROBE query -> " + r.status() + " " + r.text());
		r = gateway.actuator("POST", "/gateway");
		System.err.println("PROBE none -> " + r.status() + " " + r.text());
	}
}
