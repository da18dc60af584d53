package io.htgateway.state.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
@TestPropertySource(properties = { "gateway.budget.per-month=400000", "gateway.state.max-share=0.05" })
class StatusPollIntegrationTests {

	private static final String RISK = "/api/external/1/assets/liquidation-risk?limit=500";

	// That of the simulator.
	private static final Duration PERIOD = Duration.ofMinutes(5);

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
		Awaitility.await().untilAsserted(() -> assertThat(newest().at()).isEqualTo(simulatedState()));

		assertThat(newest().source()).isEqualTo(StateSource.STATUS);
		assertThat(newest().announced()).isEqualTo(PERIOD);
		assertThat(upstream.calls(Endpoint.STATE_STATUS)).isEqualTo(1);
		clock.advance(PERIOD);
		Awaitility.await().untilAsserted(() -> assertThat(newest().at()).isEqualTo(simulatedState()));
		assertThat(upstream.calls(Endpoint.STATE_STATUS)).isEqualTo(2);
		assertThat(gateway.actuator("/gateway").json().at("/state/source").asString()).isEqualTo("status");
	}

	@ParameterizedTest
	@MethodSource("notUnderstood")
	void statusThatIsNotUnderstoodIsPolledAgainLaterAndDisturbsNothingElse(ResponseDefinitionBuilder answer) {
		upstream.answer(Endpoint.STATE_STATUS, answer);
		gateway.get(RISK);
		await(1);
		Gateway.Response other = gateway.get("/api/external/2/assets/liquidation-risk?limit=500");
		Awaitility.await().until(() -> {
			clock.advance(Duration.ofMinutes(10));
			gateway.get(RISK);
			return upstream.calls(Endpoint.STATE_STATUS) == 2;
		});

		assertThat(other.status()).isEqualTo(200);
		assertThat(gateway.actuator("/gateway").json().at("/upstream/available").asBoolean()).isTrue();
	}

	static List<ResponseDefinitionBuilder> notUnderstood() {
		return List.of(WireMock.notFound(), WireMock.ok("<html></html>").withHeader("Content-Type", "text/html"),
				WireMock.okJson("{}"), WireMock.serverError());
	}

	private Instant simulatedState() {
		return Instant.ofEpochMilli(Math.floorDiv(clock.millis(), PERIOD.toMillis()) * PERIOD.toMillis());
	}

	private Timeline newest() {
		Timeline newest = state.newest();
		assertThat(newest).isNotNull();
		return Objects.requireNonNull(newest);
	}

	private void await(int calls) {
		Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(Endpoint.STATE_STATUS)).isEqualTo(calls));
	}

}
