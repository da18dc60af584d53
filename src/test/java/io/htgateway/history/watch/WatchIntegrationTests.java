package io.htgateway.history.watch;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = { "gateway.history.enabled=true", "gateway.history.location=target/watched-history",
		"gateway.history.watch=heatmap/BTC,heatmap/eth,risk/5", "gateway.heatmap.ttl=1m", "gateway.risk.ttl=1m" })
class WatchIntegrationTests {

	private static final String BTC = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@Autowired
	private ApplicationContext context;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MeterRegistry meters;

	private WatchRuns watch;

	@BeforeEach
	void begin() {
		watch = WatchRuns.begin(context);
	}

	@Test
	void eachStateOfADayLoadsEachWatchedKeyOnceThoughNobodyRequestsIt() {
		double before = missed();
		int states = (int) Duration.ofDays(1).dividedBy(WatchRuns.STATE);
		for (int state = 1; state <= states; state++) {
			int heatmaps = upstream.calls(Endpoint.HEATMAP);
			int risks = upstream.calls(Endpoint.RISK);
			watch.publish();
			watch.minute();
			byte[] current = upstream.heatmapBody("BTC");
			assertThat(upstream.calls(Endpoint.HEATMAP) - heatmaps).isEqualTo(2);
			assertThat(upstream.calls(Endpoint.RISK) - risks).isEqualTo(1);
			watch.restOfState();
			assertThat(gateway.get(BTC).body()).isEqualTo(current);
		}

		assertThat(missed()).isEqualTo(before);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isBetween(2 * states, 2 * states + checks(states));
		assertThat(upstream.calls(Endpoint.RISK)).isBetween(states, states + checks(states));
	}

	// The state clock causes one more load of an endpoint in every tenth state.
	private static int checks(int states) {
		return states / 10 + 1;
	}

	@Test
	void keyThatCallersRequestedAfterTheStateIsNotLoadedAgain() {
		double before = missed();
		watch.publish();
		watch.clock().advance(Duration.ofSeconds(1));
		gateway.get(BTC);
		gateway.get(BTC);
		watch.minute();

		assertCalls(2, 1);
		assertThat(missed()).isEqualTo(before);
	}

	@Test
	void watchedKeysAreNotLoadedWhileTheStateDoesNotChange() {
		for (int second = 0; second < 2; second++) {
			watch.publish();
			watch.minute();
			watch.pass(Duration.ofMinutes(2), Duration.ofSeconds(5));
			upstream.reset();
			watch.restOfState();
		}

		assertCalls(0, 0);
	}

	@Test
	void dataThatIsPublishedAfterItsStateIsLoadedOnceItIsThere() {
		watch.pass(WatchRuns.STATE.minusSeconds(40), Duration.ofSeconds(5));
		upstream.reset();
		watch.oneState();
		watch.minute();

		assertCalls(4, 2);
		assertThat(gateway.get(BTC).body()).isEqualTo(upstream.heatmapBody("BTC"));
	}

	@Test
	void gapIsLoggedOnceWithItsReasonAndItsEnd(CapturedOutput output) {
		double before = missed();
		upstream.answer(Endpoint.HEATMAP, WireMock.serverError());
		for (int state = 0; state < 4; state++) {
			watch.oneState();
		}
		upstream.reset();
		for (int state = 0; state < 3; state++) {
			watch.oneState();
		}

		assertThat(missed() - before).isBetween(6.0, 10.0);
		assertThat(output.getOut().lines().filter((line) -> line.contains("GapLog"))).satisfiesExactly(
				(first) -> assertThat(first).contains("WARN", "missed=2 reasons=upstream keys=heatmap/BTC,heatmap/ETH"),
				(last) -> assertThat(last).contains("INFO",
						"Watched keys loaded with each state again: statesMissed="));
	}

	private double missed() {
		return meters.find("gateway.history.watch.missed")
			.functionCounters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private void assertCalls(int heatmaps, int risks) {
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(heatmaps);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(risks);
	}

}
