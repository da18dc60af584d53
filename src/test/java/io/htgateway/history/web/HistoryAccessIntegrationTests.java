package io.htgateway.history.web;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the access of teams and browser pages to the history. The team research may use
 * only risk, three times a minute.
 */
@SecurityTest
@HistoryTest
@TestPropertySource(properties = { "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115",
		"gateway.access.teams[0].endpoints=risk", "gateway.access.teams[1].name=trading",
		"gateway.access.teams[1].token-sha256=ed28eb99f0007bf7cbf8d6c110f000eb4e76d91504dd771c45e5bad24fc81917",
		"gateway.access.teams[1].requests-per-minute=3", "gateway.access.teams[2].name=coins",
		"gateway.access.teams[2].token-sha256=26ed6d4c208fcf1649ab46f43a3810f6cf7840c6f33fc71bed6d8fe91609c41f",
		"gateway.access.teams[2].coins=BTC", "gateway.access.teams[3].name=cohorts",
		"gateway.access.teams[3].token-sha256=802ee609154198262e2914640ea0ec93a2a3f44df61ff05d726d24fc463a5b31",
		"gateway.access.teams[3].segments=5", "gateway.cors.allowed-origins=https://dashboard.example" })
class HistoryAccessIntegrationTests {

	private static final String SNAPSHOT = "/2026-10-01T00:00:00Z";

	@Autowired
	private Gateway gateway;

	@Autowired
	private StoredHistory history;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@ValueSource(strings = { "/api/history/risk/5", "/api/history/risk/5" + SNAPSHOT, "/api/history/none/5" })
	void requestWithoutTokenIsRefused(String target) {
		Problems.check(gateway.get(target), 401, Problems.OWN + "unauthenticated");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", SNAPSHOT, "?limit=0" })
	void teamWithoutTheEndpointIsRefused(String rest) {
		Problems.check(gateway.get("/api/history/heatmap/BTC" + rest, "Authorization", "Bearer research-token"), 403,
				Problems.OWN + "endpoint-not-allowed");
	}

	@ParameterizedTest
	@CsvSource({ "coins, heatmap/ETH", "coins, heatmap/eth", "coins, heatmap/%45TH", "coins, risk/5", "cohorts, risk/6",
			"cohorts, risk/006" })
	void seriesWithoutTheRightIsRefusedInEveryForm(String team, String series) {
		for (String rest : new String[] { "", SNAPSHOT, "?limit=0", "?cursor=abc" }) {
			Gateway.Response response = read(team, "/api/history/" + series + rest, "application/json");
			assertThat(response.status()).isIn(400, 403);
			assertThat(response.text()).doesNotContain("snapshots");
		}
		if (!series.contains("%")) {
			Problems.check(read(team, "/api/history/" + series, "application/x-ndjson"), 403,
					Problems.OWN + "data-not-allowed");
			Problems.check(read(team, "/api/history/" + series + SNAPSHOT, "*/*"), 403,
					Problems.OWN + "data-not-allowed");
		}
	}

	@Test
	void seriesWithTheRightIsServed() {
		history.add("heatmap/BTC", StoredHistory.START, "{}");
		history.add("risk/5", StoredHistory.START, "{}");

		assertThat(read("coins", "/api/history/heatmap/btc" + SNAPSHOT, "*/*").status()).isEqualTo(200);
		assertThat(read("coins", "/api/history/heatmap/BTC", "application/x-ndjson").status()).isEqualTo(200);
		assertThat(read("cohorts", "/api/history/risk/5", "application/x-ndjson").status()).isEqualTo(200);
		assertThat(read("cohorts", "/api/history/risk/5" + SNAPSHOT, "*/*").status()).isEqualTo(200);
	}

	private Gateway.Response read(String team, String target, String accept) {
		return gateway.get(target, "Authorization", "Bearer " + team + "-token", "Accept", accept);
	}

	@Test
	void responsesToTeamsArePrivateAndMayBeReadByAllowedPages() {
		history.add("risk/7", StoredHistory.START, "{}");

		for (String accept : new String[] { "application/json", "application/x-ndjson" }) {
			Gateway.Response list = research("/api/history/risk/7", accept);
			assertThat(list.header("Cache-Control")).isEqualTo("private, no-cache");
			assertThat(list.header("Vary")).isEqualTo("Accept, Origin");
			assertThat(list.header("Access-Control-Allow-Origin")).isEqualTo("https://dashboard.example");
		}
		Gateway.Response snapshot = research("/api/history/risk/7" + SNAPSHOT, "*/*");
		assertThat(snapshot.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
		assertThat(snapshot.header("Vary")).isEqualTo("Accept-Encoding, Origin");
		assertThat(snapshot.header("Access-Control-Expose-Headers")).contains("Content-Location");
	}

	private Gateway.Response research(String target, String accept) {
		return gateway.get(target, "Authorization", "Bearer research-token", "Origin", "https://dashboard.example",
				"Accept", accept);
	}

	@Test
	void requestLimitOfTheTeamAppliesAndNoCallIsMade() {
		for (int request = 0; request < 3; request++) {
			assertThat(gateway.get("/api/history/heatmap/BTC", "Authorization", "Bearer trading-token").status())
				.isEqualTo(200);
		}

		Problems.check(gateway.get("/api/history/heatmap/BTC", "Authorization", "Bearer trading-token"), 429,
				"https://iana.org/assignments/http-problem-types#quota-exceeded");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isZero();
	}

}
