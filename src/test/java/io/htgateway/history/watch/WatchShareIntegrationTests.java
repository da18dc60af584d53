package io.htgateway.history.watch;

import java.time.Duration;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.GatewayTest;
import io.micrometer.core.instrument.FunctionCounter;
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

/**
 * Tests the watch with a share of 150 calls a day, which is enough for two keys if a
 * state is published every 20 minutes. The test publishes one every 5 minutes.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = { "gateway.history.enabled=true",
		"gateway.history.location=target/watched-history-share", "gateway.history.watch=heatmap/BTC,heatmap/ETH",
		"gateway.heatmap.ttl=1m", "gateway.budget.per-day=1500", "gateway.pacing.max-stretch=1" })
class WatchShareIntegrationTests {

	private static final Duration DAY = Duration.ofDays(1);

	private static final int PER_DAY = 150;

	@Autowired
	private ApplicationContext context;

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
	void watchTakesItsShareOfTheDayAndNoMoreHoweverOftenStatesArePublished(CapturedOutput output) {
		double before = missed("share");
		for (Duration passed = Duration.ZERO; passed.compareTo(DAY) < 0; passed = passed.plus(WatchRuns.STATE)) {
			watch.oneState();
		}

		assertThat(upstream.calls(Endpoint.HEATMAP)).isBetween(PER_DAY - 4, PER_DAY + 4);
		assertThat(missed("share") - before).isGreaterThan(300);
		assertThat(output.getOut().split("Watched keys not loaded with a state", -1)).hasSizeBetween(2, 60);
	}

	@Test
	void keysAreLoadedEveryTwentyMinutesWhileNoStateIsKnown() {
		watch.clock().advance(DAY);
		watch.run();
		upstream.reset();
		watch.pass(Duration.ofHours(2), Duration.ofSeconds(10));

		assertThat(upstream.calls(Endpoint.HEATMAP)).isBetween(2 * 6, 2 * 7 + 4);
	}

	private double missed(String reason) {
		FunctionCounter counter = meters.get("gateway.history.watch.missed").tag("reason", reason).functionCounter();
		return counter.count();
	}

}
