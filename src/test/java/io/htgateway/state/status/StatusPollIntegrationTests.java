package io.htgateway.state.status;

import java.time.Duration;
import java.util.Objects;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.Timeline;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
@TestPropertySource(properties = { "gateway.budget.per-month=400000", "gateway.state.max-share=0.05" })
class StatusPollIntegrationTests {

	private static final String RISK = "/api/external/1/assets/liquidation-risk?limit=500";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private StateClock state;

	@Test
	void statusIsPolledOnceAStateWhileItIsWanted() {
		gateway.get(RISK);
		await(1);
		Awaitility.await().untilAsserted(() -> assertThat(newest().source()).isEqualTo(StateSource.STATUS));
		Timeline first = newest();

		assertThat(first.source()).isEqualTo(StateSource.STATUS);
		assertThat(first.announced()).isEqualTo(Duration.ofMinutes(5));
		clock.advance(Duration.ofMinutes(5));
		await(2);
		Awaitility.await()
			.untilAsserted(() -> assertThat(newest().at()).isEqualTo(first.at().plus(Duration.ofMinutes(5))));
		assertThat(gateway.actuator("/gateway").json().at("/state/source").asString()).isEqualTo("status");
	}

	@Test
	void statusThatIsNotUnderstoodIsPolledLessAndLessOften() {
		for (ResponseDefinitionBuilder answer : new ResponseDefinitionBuilder[] { WireMock.notFound(),
				WireMock.ok("<html></html>").withHeader("Content-Type", "text/html"), WireMock.okJson("{}") }) {
			upstream.reset();
			upstream.answer(Endpoint.STATE_STATUS, answer);
			clock.advance(Duration.ofHours(25));
			gateway.get(RISK);
			await(1);
			Gateway.Response other = gateway.get("/api/external/2/assets/liquidation-risk?limit=500");

			assertThat(other.status()).isEqualTo(200);
		}
	}

	private Timeline newest() {
		return Objects.requireNonNull(state.newest());
	}

	private void await(int calls) {
		Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(Endpoint.STATE_STATUS)).isEqualTo(calls));
	}

}
