package io.htgateway.web;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests with <code>Accept</code>.
 */
@GatewayTest
class AcceptIntegrationTests {

	private static final String RISK = "/api/external/9/assets/liquidation-risk?limit=20";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private Ways ways;

	@ParameterizedTest
	@ValueSource(strings = { "text/csv", "application/json-seq", "application/jsonl", "no media type", "text/*",
			"text/csv, application/json-patch+json", "text/csv, x*/*", "application/jsonp, text/html",
			"application/vnd.application/json", "no media type, application/json", "application/json;q=0",
			"application/json; Q=0.000", "application/json;charset=utf-8;q=0", "application/*;q=0", "*/*;q=0",
			"text/html, */*;q=0", "application/json;q=0, */*", "*/*, application/json;q=0.0, application/*",
			"application/*;q=0, */*;q=0.5" })
	void requestWhenJsonIsNotAcceptedIsNotAcceptableThoughReplayIsAtHand(String accept) {
		gateway.get(RISK);
		ways.shortWay("GET", RISK);

		Problems.check(gateway.get(RISK, "Accept", accept), 406, "about:blank");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/json", "text/html, application/json", "text/html,*/*",
			"APPLICATION/JSON", "text/csv;q=0.1, application/json;q=0.2", "application/json; charset=utf-8",
			"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json;q=0.001",
			"*/*;q=0, application/json", "application/*;q=0, application/json;q=0.1", "*/*;q=0, application/*;q=0.1",
			"text/csv;q=0, */*", "application/json;q=0, application/json" })
	void requestWhenJsonIsAcceptedAmongOthersIsHit(String accept) {
		gateway.get(RISK);

		assertThat(gateway.get(RISK, "Accept", accept).headers()).isEqualTo(ways.get(RISK).headers());
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void requestWhenJsonIsRefusedInAnotherFieldIsNotAcceptableThoughReplayIsAtHand() {
		gateway.get(RISK);
		ways.shortWay("GET", RISK);

		Problems.check(gateway.get(RISK, "Accept", "*/*", "Accept", "application/json;q=0"), 406, "about:blank");
	}

	@Test
	void requestWhenListOfTypesIsLongIsAnsweredUnlessTheyAreTooMany() {
		gateway.get(RISK);

		String fifty = ("application/" + "x".repeat(100) + ",").repeat(49) + "*/*";
		assertThat(gateway.get(RISK, "Accept", fifty).body()).isEqualTo(gateway.get(RISK).body());
		Problems.check(gateway.get(RISK, "Accept", "a/b,".repeat(50) + "*/*"), 406, "about:blank");
		Problems.check(gateway.get(RISK, "Accept", "a/b,".repeat(1_900) + "*/*"), 406, "about:blank");
		Problems.check(gateway.get("/v3/api-docs", "Accept", "a/b,".repeat(50) + "*/*"), 406, "about:blank");
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, "/api/external/9/assets/liquidation-risk", "/api/external/fills/liquidation",
			"/api/external/exports/coins/HYPE/liquidation-heatmap" })
	void requestWhenJsonHasNoWeightCostsNothingAnywhere(String target) {
		Problems.check(gateway.get(target, "Accept", "application/json;q=0"), 406, "about:blank");

		assertThat(Endpoint.values()).allSatisfy((endpoint) -> assertThat(upstream.calls(endpoint)).isZero());
	}

	@Test
	void documentationWhenJsonHasNoWeightIsServed() {
		assertThat(gateway.get("/swagger-ui/index.html", "Accept", "text/html, application/json;q=0").status())
			.isEqualTo(200);
	}

}
