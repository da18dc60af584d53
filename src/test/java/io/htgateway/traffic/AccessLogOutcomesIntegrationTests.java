package io.htgateway.traffic;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only requests with the configured outcomes are logged, whichever path they take through
 * the gateway.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.access-log.outcomes=miss,failed,refused")
@ExtendWith(OutputCaptureExtension.class)
class AccessLogOutcomesIntegrationTests {

	private static final String RISK = "/api/external/7/assets/liquidation-risk?limit=4";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private Ways ways;

	@Autowired
	private AccessLog log;

	@Test
	void requestsWithOtherOutcomesAreNotLogged(CapturedOutput output) {
		gateway.get(RISK);
		ways.longWay("GET", RISK);
		ways.shortWay("GET", RISK);
		gateway.get("/api/external/99/assets/liquidation-risk");
		gateway.get("/nothing");
		gateway.get("/v3/api-docs");
		gateway.raw("GET", "foo bar");
		upstream.answer(Endpoint.FILLS, WireMock.serverError());
		gateway.get("/api/external/fills/liquidation");
		gateway.get("/api/external/8/assets/liquidation-risk", "Cache-Control", "only-if-cached");

		log.flush();
		assertThat(output.getOut().lines().filter((line) -> line.contains("io.htgateway.access")))
			.extracting((line) -> line.replaceAll(".* outcome=(\\S+) .*", "$1"))
			.containsExactly("miss", "failed", "refused");
	}

}
