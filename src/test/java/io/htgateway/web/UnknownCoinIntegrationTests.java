package io.htgateway.web;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dashboard that asks for the same wrong coin all day.
 */
@GatewayTest
class UnknownCoinIntegrationTests {

	private static final Duration POLL = Duration.ofSeconds(30);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 422 })
	void coinThatIsPolledForADayCostsFewCalls(int status) {
		upstream.answer(Endpoint.HEATMAP, WireMock.jsonResponse("{\"message\":\"no such coin\"}", status));
		String target = "/api/external/exports/coins/POLLED" + status + "/liquidation-heatmap";

		for (Duration day = Duration.ZERO; day.compareTo(Duration.ofDays(1)) < 0; day = day.plus(POLL)) {
			assertThat(gateway.get(target).status()).isEqualTo(status);
			clock.advance(POLL);
		}

		assertThat(upstream.calls(Endpoint.HEATMAP)).isBetween(2, 40);
	}

	@Test
	void coinThatIsListedLaterIsFoundWithinAnHour() {
		String target = "/api/external/exports/coins/DOGE/liquidation-heatmap";
		upstream.answerNext(Endpoint.HEATMAP, 9, WireMock.jsonResponse("{\"message\":\"no such coin\"}", 404));
		while (upstream.calls(Endpoint.HEATMAP) < 9) {
			gateway.get(target);
			clock.advance(POLL);
		}

		clock.advance(Duration.ofHours(1));

		assertThat(gateway.get(target).status()).isEqualTo(200);
	}

}
