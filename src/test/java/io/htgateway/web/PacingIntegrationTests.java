package io.htgateway.web;

import java.time.Duration;

import io.htgateway.cache.load.Pace;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses whose freshness is stretched by a budget of one call in about an hour.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.budget.per-day=26")
class PacingIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Pace pace;

	@Test
	void maxAgeIsTheStretchedLifetimeAndStaysTheSameWhileAgeGrows() {
		warm();
		Gateway.Response stretched = gateway.get(RISK);
		clock.advance(Duration.ofMinutes(29));

		Gateway.Response old = gateway.get(RISK);

		assertThat(pace.stretch()).isGreaterThan(6);
		assertThat(stretched.header("Cache-Control")).isEqualTo("max-age=1800");
		assertThat(old.header("Cache-Control")).isEqualTo("max-age=1800");
		assertThat(old.header("Cache-Status")).startsWith("hypertracker-gateway; hit; ttl=");
		assertThat(Integer.parseInt(old.header("Age"))).isBetween(1740, 1799);
	}

	@Test
	void staleWhenItsTurnHasNotComeIsAnsweredWithoutCall() {
		warm();
		int calls = upstream.calls(Endpoint.RISK);
		clock.advance(Duration.ofSeconds(1801));

		Gateway.Response stale = gateway.get(RISK);

		assertThat(stale.status()).isEqualTo(200);
		assertThat(stale.header("Cache-Status")).matches("hypertracker-gateway; hit; ttl=-\\d+; detail=budget");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(calls);
	}

	@Test
	void staleWhenDueIsReloaded() {
		warm();
		int calls = upstream.calls(Endpoint.RISK);

		clock.advance(Duration.ofHours(3));
		gateway.get(RISK);

		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(calls + 1);
		assertThat(gateway.get(RISK).header("Age")).isEqualTo("0");
	}

	// The first load finds no active key; the next one knows of the first.
	private void warm() {
		long sinceMidnight = clock.instant().getEpochSecond() % 86_400;
		clock.advance(Duration.ofDays(2).minusSeconds(sinceMidnight));
		gateway.get("/api/external/6/assets/liquidation-risk?limit=20");
		clock.advance(Duration.ofSeconds(2));
		gateway.get("/api/external/7/assets/liquidation-risk?limit=20");
		gateway.get(RISK);
	}

}
