package io.htgateway.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests are counted by endpoint and outcome.
 */
@GatewayTest
class RequestMetersIntegrationTests {

	private static final String RISK = "/api/external/3/assets/liquidation-risk?limit=3";

	private static final String HEATMAP = "/api/external/exports/coins/DOGE/liquidation-heatmap";

	private static final String FILLS = "/api/external/fills/liquidation?limit=3";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@Autowired
	private MeterRegistry meters;

	private Map<String, Double> before;

	@BeforeEach
	void read() {
		before = counts();
	}

	@Test
	void hitIsCountedAlikeOnBothWays() {
		gateway.get(RISK);
		ways.longWay("GET", RISK);
		ways.shortWay("GET", RISK);
		ways.shortWay("HEAD", RISK);
		ways.shortWay("GET", RISK, "If-None-Match", "*");

		assertCounted(Map.of("risk miss", 1.0, "risk hit", 4.0));
	}

	@Test
	void ageIsMeasuredOnBothWays() {
		DistributionSummary age = meters.get("gateway.age").tag("endpoint", "heatmap").summary();
		gateway.get(HEATMAP);
		double amount = age.totalAmount();
		long count = age.count();
		clock.advance(Duration.ofSeconds(100));
		ways.longWay("GET", HEATMAP);
		ways.shortWay("GET", HEATMAP);

		Awaitility.await().untilAsserted(() -> assertThat(age.count()).isEqualTo(count + 2));
		assertThat(age.totalAmount() - amount).isEqualTo(200);
	}

	@Test
	void staleAndRevalidatedAreCounted() {
		gateway.get(HEATMAP);
		clock.advance(Duration.ofMinutes(6));
		gateway.get(HEATMAP);
		Awaitility.await().untilAsserted(() -> assertThat(gateway.get(HEATMAP).header("Age")).isEqualTo("0"));
		clock.advance(Duration.ofMinutes(20));
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(304));
		gateway.get(HEATMAP);

		Awaitility.await()
			.untilAsserted(() -> assertThat(grown()).containsEntry("heatmap miss", 1.0)
				.containsKeys("heatmap stale", "heatmap hit", "heatmap revalidated"));
	}

	@Test
	void requestsThatShareOneLoadAreCountedAsCollapsed() {
		upstream.delay(Endpoint.RISK, Duration.ofMillis(300));

		gateway.getAll(5, RISK);

		assertCounted(Map.of("risk miss", 1.0, "risk collapsed", 4.0));
	}

	@Test
	void failuresAreCountedByWhoseTheyAre() {
		gateway.get("/api/external/fills/liquidation?limit=0");
		gateway.get(FILLS, "Cache-Control", "only-if-cached");
		upstream.answer(Endpoint.FILLS, WireMock.serverError());
		gateway.get(FILLS);
		gateway.get("/nothing");

		assertCounted(Map.of("fills invalid", 1.0, "fills refused", 1.0, "fills failed", 1.0));
	}

	@Test
	void clientThatLeavesIsCountedOnce() {
		upstream.delay(Endpoint.RISK, Duration.ofMillis(500));
		CompletableFuture<Gateway.Response> request = gateway.send("GET", RISK.replace("/3/", "/4/"));
		Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1));

		request.cancel(true);

		assertCounted(Map.of("risk aborted", 1.0));
	}

	private void assertCounted(Map<String, Double> expected) {
		Awaitility.await().untilAsserted(() -> assertThat(grown()).isEqualTo(expected));
	}

	private Map<String, Double> grown() {
		Map<String, Double> grown = new TreeMap<>();
		counts().forEach((name, count) -> grown.put(name, count - before.getOrDefault(name, 0.0)));
		grown.values().removeIf((growth) -> growth == 0);
		return grown;
	}

	private Map<String, Double> counts() {
		Map<String, Double> counts = new TreeMap<>();
		meters.get("gateway.requests")
			.functionCounters()
			.forEach((counter) -> counts
				.put(counter.getId().getTag("endpoint") + " " + counter.getId().getTag("outcome"), counter.count()));
		return counts;
	}

}
