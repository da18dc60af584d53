package io.htgateway.upstream;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

// Needs its own gateway, which has not logged an endpoint yet.
@GatewayTest
@TestPropertySource(properties = "gateway.fills.ttl=1h")
@ExtendWith(OutputCaptureExtension.class)
class OverruledDirectivesIntegrationTests {

	private static final String LOGGED = "Ignoring the Cache-Control of the ";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void responsesThatForbidStoringAreStoredAndLoggedOncePerEndpoint(CapturedOutput output) {
		upstream.answer(Endpoint.FILLS, WireMock.okJson("{\"fills\":[]}").withHeader("Cache-Control", "no-store"));
		upstream.answer(Endpoint.RISK,
				WireMock.okJson("{\"totalCount\":0,\"items\":[]}").withHeader("Cache-Control", "max-age=0", "Private"));
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.ok("{\"heatmap\":[]}").withHeader("Cache-Control", "private, no-store"));

		for (int round = 1; round <= 3; round++) {
			for (String target : List.of("/fills/liquidation", "/1/assets/liquidation-risk?limit=1",
					"/2/assets/liquidation-risk", "/exports/coins/BTC/liquidation-heatmap")) {
				assertThat(gateway.get("/api/external" + target).status()).isEqualTo(200);
				assertThat(gateway.get("/api/external" + target).header("Cache-Status")).contains("; hit; ttl=");
			}
			assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2 * round);
			assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(round);
			clock.advance(Duration.ofHours(25));
		}

		assertThat(output.toString().lines().filter((line) -> line.contains(LOGGED))).satisfiesExactlyInAnyOrder(
				(line) -> assertThat(line).contains(" WARN ")
					.endsWith(LOGGED
							+ "upstream; the configured ttl applies: endpoint=/api/external/fills/liquidation directives=[no-store]"),
				(line) -> assertThat(line).contains(" WARN ")
					.endsWith(LOGGED
							+ "upstream; the configured ttl applies: endpoint=/api/external/{segmentId}/assets/liquidation-risk"
							+ " directives=[private]"),
				(line) -> assertThat(line).contains(" WARN ")
					.endsWith(LOGGED + "object store; the configured ttl applies: directives=[private, no-store]"));
	}

}
