package io.htgateway.history.watch;

import java.time.Duration;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the watch with a plan of 20 calls a minute, of which two are reserved for
 * callers.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.history.enabled=true",
		"gateway.history.location=target/watched-history-budget", "gateway.history.watch=heatmap/BTC",
		"gateway.budget.per-minute=20", "gateway.budget.interactive-reserve=0.1" })
class WatchBudgetIntegrationTests {

	private static final String BTC = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@Autowired
	private ApplicationContext context;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Test
	void watchLeavesTheReserveToCallersEvenIfItsKeyIsNotStored() {
		WatchRuns watch = WatchRuns.of(context);
		watch.clock().advance(Duration.ofDays(2));
		upstream.reset();
		for (int coin = 0; coin < 18; coin++) {
			assertThat(gateway.get(BTC.replace("BTC", "C" + coin)).status()).isEqualTo(404);
		}
		watch.pass(Duration.ofSeconds(30), Duration.ofSeconds(1));
		int before = upstream.calls(Endpoint.HEATMAP);
		Gateway.Response caller = gateway.get(BTC);
		int after = upstream.calls(Endpoint.HEATMAP);
		watch.minute();

		assertThat(before).isEqualTo(18);
		assertThat(caller.status()).isEqualTo(200);
		assertThat(after).isEqualTo(19);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(19);
	}

}
