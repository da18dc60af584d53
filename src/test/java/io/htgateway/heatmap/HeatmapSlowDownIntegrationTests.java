package io.htgateway.heatmap;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An object store that asks for fewer requests (<code>SlowDown</code>).
 */
@GatewayTest
class HeatmapSlowDownIntegrationTests {

	private static final String REDUCED = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE");

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void heatmapsThatArePolledMeanwhileCostFewCalls() {
		upstream.answer(Endpoint.DOWNLOAD, slowDown());

		for (int minute = 0; minute < 6 * 60; minute++) {
			for (String coin : COINS) {
				assertThat(get(coin).status()).isEqualTo(503);
			}
			clock.advance(Duration.ofMinutes(1));
		}

		// One call in five minutes, and those until the pause is that long.
		assertThat(upstream.calls(Endpoint.HEATMAP)).isBetween(60, 80);
	}

	@Test
	void otherHeatmapsWaitWithoutCall() {
		upstream.answerNext(Endpoint.DOWNLOAD, 1, slowDown());
		Gateway.Response first = get("BTC");

		Gateway.Response other = get("ETH");

		Problems.check(first, 503, REDUCED);
		assertThat(first.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; fwd-status=503");
		Problems.check(other, 503, REDUCED);
		assertThat(other.header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=cooldown");
		assertThat(other.header("Retry-After")).isEqualTo("1");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
		clock.advance(Duration.ofSeconds(1));
		assertThat(get("ETH").status()).isEqualTo(200);
	}

	@Test
	void pauseLastsAsLongAsTheStoreAsks() {
		upstream.answerNext(Endpoint.DOWNLOAD, 1, slowDown().withHeader("Retry-After", "600"));
		Gateway.Response first = get("BTC");
		clock.advance(Duration.ofSeconds(599));

		Gateway.Response last = get("ETH");

		assertThat(first.header("Retry-After")).isEqualTo("600");
		assertThat(last.header("Retry-After")).isEqualTo("1");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
		clock.advance(Duration.ofSeconds(1));
		assertThat(get("ETH").status()).isEqualTo(200);
		assertThat(get("BTC").status()).isEqualTo(200);
	}

	@Test
	void storedHeatmapsAreServedStale() {
		byte[] btc = get("BTC").body();
		byte[] eth = get("ETH").body();
		clock.advance(Duration.ofMinutes(30));
		upstream.answer(Endpoint.DOWNLOAD, slowDown());

		Gateway.Response first = get("BTC");
		Gateway.Response other = get("ETH");

		assertThat(first.body()).isEqualTo(btc);
		assertThat(first.header("Cache-Status")).contains("fwd=stale; fwd-status=503");
		assertThat(other.body()).isEqualTo(eth);
		assertThat(other.header("Cache-Status")).endsWith("detail=cooldown");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(3);
	}

	private Gateway.Response get(String coin) {
		return gateway.get("/api/external/exports/coins/" + coin + "/liquidation-heatmap");
	}

	private static ResponseDefinitionBuilder slowDown() {
		return WireMock.status(503)
			.withHeader("Content-Type", "application/xml")
			.withBody("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
	}

}
