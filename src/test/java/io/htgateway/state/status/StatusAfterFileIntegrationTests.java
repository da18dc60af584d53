package io.htgateway.state.status;

import java.time.Duration;
import java.util.Objects;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the polls of a gateway whose first state is revealed by the date of a file.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.budget.per-month=400001", "gateway.state.max-share=0.05" })
class StatusAfterFileIntegrationTests {

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
	void statusIsPolledAlthoughTheNextStateIsNotDueForLong() {
		state.report(StateUpdate.of(clock.instant(), StateSource.FILE_DATE));
		assertThat(state.predictable(clock.instant())).isNull();
		gateway.get(RISK);
		Awaitility.await().until(() -> Objects.requireNonNull(state.newest()).source() == StateSource.STATUS);

		assertThat(state.predictable(clock.instant())).isNotNull();
		assertThat(upstream.calls(Endpoint.STATE_STATUS)).isEqualTo(1);
		assertThat(Duration.between(clock.instant(), Objects.requireNonNull(state.newest()).due()))
			.isLessThanOrEqualTo(Duration.ofMinutes(5));
	}

}
