package io.htgateway.web;

import java.time.Duration;
import java.time.InstantSource;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import io.htgateway.time.SetClock;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses and pauses of a machine that was suspended, or whose clock was set. The
 * system clock and the steady clock move apart.
 */
@GatewayTest
@Import(SuspensionIntegrationTests.Clocks.class)
class SuspensionIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private UpstreamGuard guard;

	@Autowired
	private SetClock clock;

	@Test
	void responseAfterSuspensionIsAsOldAsItIs() {
		Gateway.Response loaded = gateway.get(RISK);
		Gateway.Response hit = ways.get(RISK);
		assertThat(hit.header("Age")).isEqualTo("0");

		clock.suspend(Duration.ofMinutes(8));
		Gateway.Response stale = gateway.get(RISK);

		assertThat(stale.header("Age")).isEqualTo("480");
		assertThat(stale.header("Date")).isEqualTo(loaded.header("Date"));
		assertThat(stale.header("Cache-Status")).contains("; detail=stale-while-revalidate");
	}

	@Test
	void responseAfterALongSuspensionIsLoadedAgain() {
		gateway.get(RISK);
		assertThat(ways.get(RISK).header("Cache-Status")).contains("; hit;");

		clock.suspend(Duration.ofHours(25));

		assertThat(gateway.get(RISK).header("Age")).isEqualTo("0");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1H", "P-40D" })
	void ageWhenClockIsSetBackDoesNotGoDown(Duration jump) {
		gateway.get(RISK);
		clock.pass(Duration.ofSeconds(100));

		clock.set(jump);

		assertThat(ways.get(RISK).header("Age")).isEqualTo("100");
		clock.pass(Duration.ofSeconds(100));
		assertThat(ways.get(RISK).header("Age")).isEqualTo("200");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void ageWhenClockIsSetForwardForAMomentDoesNotGoDown() {
		gateway.get(RISK);
		clock.set(Duration.ofSeconds(200));
		assertThat(ways.get(RISK).header("Age")).isEqualTo("200");

		clock.set(Duration.ofSeconds(-200));

		assertThat(ways.get(RISK).header("Age")).isEqualTo("200");
	}

	@Test
	void pauseOfTheUpstreamDoesNotEndBecauseTheClockIsSet() {
		upstream.answerNext(Endpoint.RISK, 1, WireMock.status(429).withHeader("Retry-After", "30"));
		assertThat(gateway.get(RISK).status()).isEqualTo(503);

		clock.set(Duration.ofHours(8));

		assertThat(guard.pauseLeft()).isEqualTo(Duration.ofSeconds(30));
		assertThat(gateway.get(RISK).status()).isEqualTo(503);
		clock.pass(Duration.ofSeconds(45));
		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Clocks {

		@Bean
		SetClock setClock(MutableClock wall) {
			return new SetClock(wall);
		}

		@Bean
		@Primary
		InstantSource ages(SetClock clock) {
			return clock.ages();
		}

	}

}
