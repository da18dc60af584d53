package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests streams with a share of 3 calls a minute and 720 a day, which allows one poll
 * every 135 seconds.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.stream.enabled=true", "gateway.budget.per-minute=12",
		"gateway.budget.per-day=2880", "gateway.stream.max-buffer=32MB" })
class StreamShareIntegrationTests extends StreamTest {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void intervalStretchesToTheShareAndSaysSo() {
		try (StreamClient client = StreamClient.open(gateway, "")) {
			assertThat(client.await("interval").data()).isEqualTo("{\"seconds\":135,\"reason\":\"share\"}");
			for (int second = 0; second < 720; second++) {
				runs.pass(SECOND);
			}
			runs.pass(Duration.ofSeconds(135));
			assertThat(runs.calls()).isBetween(6, 7);
			List<String> all = runs.fillsSince(start);
			assertThat(client.awaitFills(all.size())).isEqualTo(all);
		}
	}

	@Test
	void cascadeIsReadOverSeveralMinutesWithoutLossAndWithinTheShare() {
		saveCalls();
		Instant cascade = runs.now();
		try (StreamClient client = StreamClient.open(gateway, "")) {
			int before = runs.calls();
			upstream.liquidate(14_500, cascade.plusSeconds(1), cascade.plusSeconds(60));
			for (int second = 1; second <= 600; second++) {
				runs.pass(SECOND);
				assertThat(runs.calls()).isLessThanOrEqualTo(before + second / 20 + 1);
			}
			runs.pass(Duration.ofSeconds(135));
			List<String> all = runs.fillsSince(cascade);
			assertThat(client.awaitFills(all.size())).isEqualTo(all);
		}
	}

	private void saveCalls() {
		try (StreamClient _ = StreamClient.open(gateway, "")) {
			runs.pass(SECOND);
			runs.pass(Duration.ofMinutes(50));
		}
		runs.awaitListeners(0);
	}

	@Test
	void callersKeepTheirCalls() {
		try (StreamClient _ = StreamClient.open(gateway, "")) {
			upstream.liquidate(14_500, start.plusSeconds(1), start.plusSeconds(60));
			runs.pass(Duration.ofMinutes(1));
			for (int coin = 0; coin < 8; coin++) {
				assertThat(gateway.get("/api/external/fills/liquidation?coin=C" + coin).status()).isEqualTo(200);
			}
		}
	}

}
