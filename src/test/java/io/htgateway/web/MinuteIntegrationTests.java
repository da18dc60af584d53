package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cold requests against the limit of Pulse: 60 calls in any minute.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.budget.per-minute=60")
class MinuteIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation?limit=";

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE", "XRP", "BNB", "ADA", "AVAX",
			"LINK", "LTC", "SUI", "ENA", "FARTCOIN", "kPEPE", "PUMP", "ZEC", "AAVE", "ARB", "WIF");

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void allKeysAreLoadedAtOnce() {
		Stream<String> risk = IntStream.rangeClosed(1, 16)
			.mapToObj((cohort) -> "/api/external/" + cohort + "/assets/liquidation-risk?limit=3");
		Stream<String> heatmaps = COINS.stream()
			.map((coin) -> "/api/external/exports/coins/" + coin + "/liquidation-heatmap");
		Stream<String> fills = IntStream.rangeClosed(1, 10).mapToObj((limit) -> FILLS + limit);

		List<CompletableFuture<Gateway.Response>> cold = Stream.of(risk, heatmaps, fills)
			.flatMap((targets) -> targets)
			.map((target) -> gateway.send("GET", target))
			.toList();

		assertThat(cold).hasSize(46).allSatisfy((response) -> assertThat(response.join().status()).isEqualTo(200));
		assertThat(upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP) + upstream.calls(Endpoint.FILLS))
			.isEqualTo(46);
	}

	@Test
	void sixtyFirstCallIsMadeWhenTheFirstHasLeftTheMinute() {
		makeSixtyCalls();

		assertRefused("63");
		clock.advance(Duration.ofMillis(59_500));
		assertRefused("4");
		clock.advance(Duration.ofMillis(3_500));

		assertThat(gateway.get(FILLS + 61).status()).isEqualTo(200);
	}

	@Test
	void coldRequestWaitsForACallThatIsPermittedSoon() {
		makeSixtyCalls();
		clock.advance(Duration.ofMillis(62_500));

		CompletableFuture<Gateway.Response> waiting = gateway.send("GET", FILLS + 61);
		Awaitility.await().until(() -> upstream.calls(Endpoint.FILLS) == 60 && !waiting.isDone());
		clock.advance(Duration.ofMillis(500));

		assertThat(waiting.join().status()).isEqualTo(200);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(61);
	}

	private void makeSixtyCalls() {
		for (int limit = 1; limit <= 60; limit++) {
			assertThat(gateway.get(FILLS + limit).status()).isEqualTo(200);
		}
	}

	private void assertRefused(String retryAfter) {
		Gateway.Response refused = gateway.get(FILLS + 61);
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.header("Retry-After")).isEqualTo(retryAfter);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(60);
	}

}
