package io.htgateway.web;

import java.time.Duration;
import java.util.Objects;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.web.hit.Replay;
import io.htgateway.web.hit.Replays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Memory that a replay refers to.
 */
@GatewayTest
class ReplayIntegrationTests {

	private static final String PAGE = "/api/external/14/assets/liquidation-risk?limit=5";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Replays replays;

	@Autowired
	private MutableClock clock;

	@Test
	void replayWhenItsListIsReloadedDoesNotRetainTheOldOne() {
		gateway.get(PAGE);
		Replay replay = Objects.requireNonNull(replays.find(PAGE));
		assertThat(replay.stored().get()).isNotNull();
		clock.advance(Duration.ofMinutes(16));

		gateway.get(PAGE + "&offset=5");

		Awaitility.await().until(() -> {
			System.gc();
			return replay.stored().get() == null;
		});
		assertThat(replays.find(PAGE)).isSameAs(replay);
	}

}
