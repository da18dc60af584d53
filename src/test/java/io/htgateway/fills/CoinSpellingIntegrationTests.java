package io.htgateway.fills;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fills of a coin whose spelling no market can have.
 */
@GatewayTest
class CoinSpellingIntegrationTests {

	private static final String BTC = "/api/external/fills/liquidation?coin=btc";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Test
	void missAndHitHaveTheSpellingAndCostOneCall() {
		Gateway.Response miss = gateway.get(BTC);
		Gateway.Response hit = gateway.get(BTC);
		Gateway.Response unchanged = gateway.get(BTC, "If-None-Match", miss.header("ETag"));

		assertThat(miss.json().path("fills").isEmpty()).isTrue();
		assertThat(miss.header("Coin-Spelling")).isEqualTo("\"BTC\"");
		assertThat(hit.header("Cache-Status")).contains("; hit;");
		assertThat(hit.header("Coin-Spelling")).isEqualTo("\"BTC\"");
		assertThat(hit.body()).isEqualTo(miss.body());
		assertThat(unchanged.status()).isEqualTo(304);
		assertThat(unchanged.header("Coin-Spelling")).isEqualTo("\"BTC\"");
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/external/fills/liquidation", "/api/external/fills/liquidation?coin=BTC",
			"/api/external/fills/liquidation?coin=kPEPE", "/api/external/fills/liquidation?coin=btc&limit=0",
			"/api/external/exports/coins/btc/liquidation-heatmap" })
	void otherResponsesHaveNoSpelling(String target) {
		gateway.get(target);

		assertThat(gateway.get(target).headers().containsHeader("Coin-Spelling")).isFalse();
	}

	@Test
	void errorHasNoSpelling() {
		Gateway.Response error = gateway.get(BTC, "Cache-Control", "only-if-cached");

		assertThat(error.status()).isEqualTo(504);
		assertThat(error.headers().containsHeader("Coin-Spelling")).isFalse();
	}

	@Test
	void everyMarketOfTheSimulatorIsSpeltAsItIs() throws IOException {
		String coins = new ClassPathResource("simulator/coins.txt").getContentAsString(StandardCharsets.UTF_8);

		assertThat(coins.lines().filter((coin) -> !coin.isBlank())).isNotEmpty()
			.allMatch((coin) -> CoinSpelling.headers(coin).isEmpty());
	}

}
