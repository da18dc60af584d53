package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the access of teams to streams. The team research may use only risk, and coins
 * only BTC.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.stream.enabled=true", "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115",
		"gateway.access.teams[0].endpoints=risk", "gateway.access.teams[1].name=trading",
		"gateway.access.teams[1].token-sha256=ed28eb99f0007bf7cbf8d6c110f000eb4e76d91504dd771c45e5bad24fc81917",
		"gateway.access.teams[2].name=coins",
		"gateway.access.teams[2].token-sha256=26ed6d4c208fcf1649ab46f43a3810f6cf7840c6f33fc71bed6d8fe91609c41f",
		"gateway.access.teams[2].coins=BTC" })
class StreamAccessIntegrationTests extends StreamTest {

	@Test
	void requestWithoutTokenIsRefused() {
		Problems.check(gateway.get(StreamClient.PATH), 401, Problems.OWN + "unauthenticated");
		Problems.check(read("unknown", ""), 401, Problems.OWN + "unauthenticated");
	}

	@Test
	void teamWithoutFillsIsRefused() {
		Problems.check(read("research", ""), 403, Problems.OWN + "endpoint-not-allowed");
		Problems.check(read("research", "?coin=BTC"), 403, Problems.OWN + "endpoint-not-allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?coin=ETH", "?coin=eth", "?side=A", "?coin=xyz:BTC", "?coin=hyna:btc" })
	void teamOfOneCoinMustNameIt(String query) {
		Problems.check(read("coins", query), 403, Problems.OWN + "data-not-allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?coin=%42TC&coin=ETH", "?Coin=BTC", "?coin[]=BTC", "?coin=BTC%00" })
	void otherFormsOfTheParameterAreRefused(String query) {
		assertThat(read("coins", query.replace("[]", "%5B%5D")).status()).isIn(400, 403);
	}

	@Test
	void teamOfOneCoinReceivesOnlyItsFills() {
		try (StreamClient coins = StreamClient.open(gateway, "?coin=btc", "Authorization", "Bearer coins-token");
				StreamClient all = StreamClient.open(gateway, "", "Authorization", "Bearer trading-token")) {
			upstream.liquidate(100, start.plusSeconds(1), start.plusSeconds(50));
			runs.pass(Duration.ofMinutes(1));
			List<String> fills = all.awaitFills(runs.fillsSince(start).size());
			List<String> btc = fills.stream().filter((json) -> json.contains("\"coin\":\"BTC\"")).toList();
			assertThat(btc).isNotEmpty();
			assertThat(coins.awaitFills(btc.size())).isEqualTo(btc);
		}
	}

	@Test
	void teamOfOneCoinReceivesNoIdOfAnotherCoin() {
		try (StreamClient all = StreamClient.open(gateway, "", "Authorization", "Bearer trading-token")) {
			upstream.liquidate(100, start.plusSeconds(1), start.plusSeconds(50));
			runs.pass(Duration.ofMinutes(1));
			all.awaitFills(runs.fillsSince(start).size());
			try (StreamClient coins = StreamClient.open(gateway, "?coin=HYPE", "Authorization",
					"Bearer trading-token")) {
				assertThat(coins.lastId()).endsWith("-0");
			}
			String old = start.minusSeconds(9_000).toEpochMilli() + "-5";
			try (StreamClient late = StreamClient.open(gateway, "?coin=HYPE", "Authorization", "Bearer trading-token",
					"Last-Event-ID", old)) {
				assertThat(late.lastId()).endsWith("-0");
			}
		}
	}

	@Test
	void streamToATeamIsNotStored() {
		Gateway.Response head = gateway.head(StreamClient.PATH, "Authorization", "Bearer trading-token");
		assertThat(head.header("Cache-Control")).isEqualTo("private, no-store");
	}

	private Gateway.Response read(String team, String query) {
		return gateway.get(StreamClient.PATH + query, "Authorization", "Bearer " + team + "-token");
	}

}
