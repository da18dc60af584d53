package io.htgateway.declared;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MountedTeams;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.TeamsYaml;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import io.htgateway.web.Http2Client;
import io.htgateway.web.Http2Frames;
import io.htgateway.web.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Coins and cohorts that teams may read: research may read all, coins only BTC, kPEPE and
 * xyz:MSTR, cohorts only 4 and 5.
 */
@SecurityTest
@GatewayTest
@Import(MountedTeams.Configuration.class)
@TestPropertySource(properties = { "gateway.access.open=false",
		"gateway.endpoints.bias-history.path=/segments/{segmentId}/bias-history",
		"gateway.endpoints.bias-history.segment-parameter=segmentId",
		"gateway.endpoints.coin-export.path=/exports/coins/{coin}/{file}", "gateway.endpoints.coin-export.kind=file",
		"gateway.endpoints.coin-export.coin-parameter=coin", "gateway.endpoints.coin-export.segment-parameter=none",
		"gateway.endpoints.positions.path=/positions", "gateway.endpoints.positions.parameters=start,coin,segmentId",
		"gateway.endpoints.positions.coin-parameter=coin", "gateway.endpoints.positions.segment-parameter=segmentId",
		"gateway.endpoints.wallets.path=/wallets", "gateway.endpoints.wallets.parameters[0].name=segmentIds",
		"gateway.endpoints.wallets.parameters[0].array=true", "gateway.endpoints.wallets.segment-parameter=segmentIds",
		"gateway.endpoints.address-fills.path=/fills", "gateway.endpoints.address-fills.parameters[0].name=coin",
		"gateway.endpoints.address-fills.parameters[0].array=true",
		"gateway.endpoints.address-fills.parameters[1].name=start",
		"gateway.endpoints.address-fills.parameters[2].name=address",
		"gateway.endpoints.address-fills.parameters[2].array=true",
		"gateway.endpoints.address-fills.coin-parameter=coin" })
class TeamRightsIntegrationTests {

	private static final String NOT_ALLOWED = Problems.OWN + "data-not-allowed";

	private static final String ROOT = "/api/external";

	private static final String HEATMAP = ROOT + "/exports/coins/%s/liquidation-heatmap";

	private static final String FILLS = ROOT + "/fills/liquidation";

	private static final String RISK = ROOT + "/%s/assets/liquidation-risk?limit=20";

	private static final String ADDRESS = "0x3160fb45324397c607528892eef27ad183768d7f";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private MountedTeams mounted;

	@BeforeEach
	void teamsAreTheFirst() {
		replace(teams());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"coins | /exports/coins/ETH/liquidation-heatmap | the team coins may not read the coin ETH; it may read BTC, kPEPE, xyz:MSTR; the gateway's operators can add it to the team's coins",
			"coins | /exports/coins/eth/liquidation-heatmap | may not read the coin ETH; it may read BTC",
			"coins | /exports/coins/cash%3AMSTR/liquidation-heatmap | may not read the coin cash:MSTR;",
			"coins | /exports/coins/MSTR/liquidation-heatmap | may not read the coin MSTR;",
			"coins | /fills/liquidation | the team coins may not read all coins; send the parameter coin with one that it may read: BTC, kPEPE, xyz:MSTR",
			"coins | /fills/liquidation?address=ADDRESS | may not read all coins; send the parameter coin",
			"coins | /fills/liquidation?nextCursor=abc | may not read all coins; send the parameter coin",
			"coins | /fills/liquidation?coin=ETH | may not read the coin ETH;",
			"coins | /fills/liquidation?coin=btc | may not read the coin btc;",
			"coins | /fills/liquidation?coin=KPEPE | may not read the coin KPEPE;",
			"coins | /fills/liquidation?%63oin=ETH&nextCursor=abc | may not read the coin ETH;",
			"coins | /5/assets/liquidation-risk | the team coins may not use the endpoint risk, whose responses contain all coins; it may read only BTC, kPEPE, xyz:MSTR",
			"cohorts | /6/assets/liquidation-risk | the team cohorts may not read the cohort 6; it may read 4, 5; the gateway's operators can add it to the team's segments",
			"cohorts | /6/assets/liquidation-risk?offset=20&limit=5 | may not read the cohort 6;",
			"cohorts | /0006/assets/liquidation-risk | may not read the cohort 6;",
			"coins | /exports/coins/ETH/segment-metrics | may not read the coin ETH;",
			"coins | /exports/coins/btc/segment-metrics | may not read the coin btc;",
			"coins | /positions?start=2026-01-01 | may not read all coins; send the parameter coin",
			"coins | /positions?coin=BTC,ETH | may not read the coin BTC,ETH;",
			"coins | /segments/5/bias-history | may not use the endpoint bias-history, because its declaration does not say which parameter names the coin; it may read only BTC, kPEPE, xyz:MSTR; the gateway's operators can set gateway.endpoints.bias-history.coin-parameter",
			"coins | /wallets | its declaration does not say which parameter names the coin",
			"coins | /fills?coin=BTC&coin[]=ETH&start=2026-01-01 | may not read the coin ETH;",
			"coins | /fills?coin[]=BTC&coin[]=ETH | may not read the coin ETH;",
			"coins | /fills?address=ADDRESS | may not read all coins;",
			"cohorts | /segments/6/bias-history | may not read the cohort 6;",
			"cohorts | /segments/05/bias-history | may not read the cohort 05;",
			"cohorts | /wallets | the team cohorts may not read all cohorts; send the parameter segmentIds with one that it may read: 4, 5",
			"cohorts | /wallets?segmentIds=5&segmentIds=6 | may not read the cohort 6;",
			"cohorts | /positions?coin=BTC | may not read all cohorts; send the parameter segmentId",
			"cohorts | /fills?coin=BTC | its declaration does not say which parameter names the cohort; it may read only 4, 5; the gateway's operators can set gateway.endpoints.address-fills.segment-parameter" })
	void dataWithoutTheRightIsRefusedBeforeAnyCall(String team, String target, String detail) {
		Gateway.Response response = get(team, ROOT + target.replace("ADDRESS", ADDRESS));

		assertThat(Problems.check(response, 403, NOT_ALLOWED).path("detail").asString()).contains(detail);
		assertThat(response.headers().containsHeader("Cache-Status")).isFalse();
		assertThat(Endpoint.values()).allSatisfy((each) -> assertThat(upstream.calls(each)).isZero());
	}

	@ParameterizedTest
	@CsvSource({ "coins, /exports/coins/BTC/liquidation-heatmap", "coins, /exports/coins/btc/liquidation-heatmap",
			"coins, /exports/coins/kpepe/liquidation-heatmap", "coins, /exports/coins/XYZ%3amstr/liquidation-heatmap",
			"coins, /fills/liquidation?coin=BTC&limit=2", "coins, /fills/liquidation?coin=kPEPE",
			"coins, /fills/liquidation?coin=xyz%3AMSTR", "coins, /exports/coins/BTC/segment-metrics",
			"coins, /fills?coin[]=BTC&start=2026-01-01&address=ADDRESS", "cohorts, /5/assets/liquidation-risk",
			"cohorts, /005/assets/liquidation-risk", "cohorts, /segments/5/bias-history",
			"cohorts, /exports/coins/ETH/liquidation-heatmap", "cohorts, /fills/liquidation",
			"cohorts, /exports/coins/ETH/segment-metrics" })
	void dataWithTheRightIsServed(String team, String target) {
		assertThat(get(team, ROOT + target.replace("ADDRESS", ADDRESS)).status()).isEqualTo(200);
	}

	// The simulator does not have these endpoints, so their requests end with its 404.
	@ParameterizedTest
	@CsvSource({ "coins, /positions?start=2026-01-01&coin=BTC", "cohorts, /wallets?segmentIds=5&segmentIds[]=4",
			"both, /positions?coin=BTC&segmentId=5" })
	void parametersWithTheRightAreSentToTheUpstream(String team, String target) {
		Problems.check(get(team, ROOT + target), 404, Problems.OWN + "upstream-rejected");
	}

	@ParameterizedTest
	@CsvSource({ "coins, /exports/coins/ETH/liquidation-heatmap", "coins, /5/assets/liquidation-risk?limit=20",
			"cohorts, /6/assets/liquidation-risk?limit=20", "coins, /exports/coins/ETH/segment-metrics" })
	void hitOfAnotherTeamIsNotAnsweredOnAnyWay(String team, String path) {
		String target = ROOT + path;
		String etag = get("research", target).header("ETag");
		ways.shortWay("GET", target, "Authorization", "Bearer research");
		try (RawClient connection = RawClient.of(gateway)) {
			assertThat(Arrays.asList("research", team, "research", team, team))
				.extracting((each) -> connection.ask(each, target, ""))
				.containsExactly("200", "403", "200", "403", "403");
			assertThat(connection.ask(team, target, "If-None-Match: " + etag + "\r\n")).isEqualTo("403");
			assertThat(connection.ask(team, target, "If-None-Match: *\r\n")).isEqualTo("403");
			assertThat(connection.ask(team, target, "Cache-Control: only-if-cached\r\n")).isEqualTo("403");
		}
		assertThat(gateway.head(target, "Authorization", "Bearer " + team).status()).isEqualTo(403);
		assertThat(gateway.get(target, "X-API-Key", team).status()).isEqualTo(403);
		clock.advance(Duration.ofMinutes(6));
		assertThat(get(team, target).status()).isEqualTo(403);
		assertThat(get("research", target).header("Cache-Status")).contains("stale");
	}

	@Test
	void hitWithTheRightIsRepeatedBeforeTheFrameworkSeesIt() {
		String target = HEATMAP.formatted("btc");
		get("research", target);
		get("coins", HEATMAP.formatted("BTC"));
		get("cohorts", RISK.formatted("5"));

		ways.shortWay("GET", target, "Authorization", "Bearer coins");
		ways.shortWay("GET", RISK.formatted("5"), "Authorization", "Bearer cohorts");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isOne();
	}

	@Test
	void pipelinedHitsAreAnsweredToTheTeamWithTheRightAlone() {
		String target = HEATMAP.formatted("ETH");
		get("research", target);
		ways.shortWay("GET", target, "Authorization", "Bearer research");
		try (RawClient connection = RawClient.of(gateway)) {
			connection.send(RawClient.request("research", target, "") + RawClient.request("coins", target, "")
					+ RawClient.request("research", target, ""));

			assertThat(List.of(RawClient.status(connection.read()), RawClient.status(connection.read()),
					RawClient.status(connection.read())))
				.containsExactly("200", "403", "200");
		}
	}

	@Test
	void hitOfAnotherTeamIsNotAnsweredOverHttp2() {
		String target = HEATMAP.formatted("ETH");
		get("research", target);
		try (Http2Client connection = Http2Client.on(RawClient.of(gateway))) {
			connection.request(1, Http2Frames.get(target, "authorization", "Bearer research"));
			assertThat(connection.answer(1).body()).contains("priceBinIndex");
			connection.request(3, Http2Frames.get(target, "authorization", "Bearer coins"));
			Http2Client.Answer other = connection.answer(3);

			assertThat(other.status()).isEqualTo(403);
			assertThat(other.body()).contains(NOT_ALLOWED).doesNotContain("priceBinIndex");
		}
	}

	@Test
	void pageOfACursorNeedsTheCoinToo() {
		String cursor = get("coins", FILLS + "?coin=BTC&limit=2").json().path("nextCursor").asString();

		assertThat(get("coins", FILLS + "?coin=BTC&limit=2&nextCursor=" + cursor).status()).isEqualTo(200);
		assertThat(get("coins", FILLS + "?limit=2&nextCursor=" + cursor).status()).isEqualTo(403);
		assertThat(get("coins", FILLS + "?coin=ETH&limit=2&nextCursor=" + cursor).status()).isEqualTo(403);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?coin=ETH&coin=BTC", "?coin[]=BTC&coin=BTC", "?Coin=ETH&coin=BTC", "?coin=BTC%00ETH",
			"?coin=", "?coin=BTC&limit=0" })
	void requestThatIsNotValidIsRefusedWithoutACall(String query) {
		Problems.check(get("coins", FILLS + query), 400, Problems.OWN + "invalid-parameters");
		assertThat(upstream.calls(Endpoint.FILLS)).isZero();
	}

	@Test
	void teamWithBothListsMayReadWhatBothAllow() {
		assertThat(get("both", HEATMAP.formatted("BTC")).status()).isEqualTo(200);
		assertThat(get("both", ROOT + "/positions?start=2026-01-01&coin=BTC&segmentId=6").status()).isEqualTo(403);
		assertThat(get("both", ROOT + "/positions?start=2026-01-01&coin=ETH&segmentId=5").status()).isEqualTo(403);
		assertThat(get("both", RISK.formatted("5")).status()).isEqualTo(403);
	}

	@Test
	void endpointIsRefusedBeforeTheCoin() {
		Problems.check(get("endpoints", FILLS + "?coin=ETH"), 403, Problems.OWN + "endpoint-not-allowed");
		Problems.check(get("endpoints", HEATMAP.formatted("ETH")), 403, NOT_ALLOWED);
		assertThat(get("endpoints", HEATMAP.formatted("BTC")).status()).isEqualTo(200);
	}

	@Test
	void listThatChangesHoldsFromTheNextRequest() {
		String target = HEATMAP.formatted("ETH");
		get("research", target);
		try (RawClient connection = RawClient.of(gateway); Http2Client second = Http2Client.on(RawClient.of(gateway))) {
			assertThat(connection.ask("coins", target, "")).isEqualTo("403");

			replace(new TeamsYaml().with("research", "research").with("coins", "coins", "coins: ETH"));
			assertThat(connection.ask("coins", target, "")).isEqualTo("200");
			assertThat(connection.ask("coins", target, "")).isEqualTo("200");
			second.request(1, Http2Frames.get(target, "authorization", "Bearer coins"));
			assertThat(second.answer(1).status()).isEqualTo(200);

			replace(teams());
			assertThat(connection.ask("coins", target, "")).isEqualTo("403");
			second.request(3, Http2Frames.get(target, "authorization", "Bearer coins"));
			assertThat(second.answer(3).status()).isEqualTo(403);
		}
		assertThat(upstream.calls(Endpoint.HEATMAP)).isOne();
	}

	private Gateway.Response get(String team, String target) {
		return gateway.get(target, "Authorization", "Bearer " + team);
	}

	private void replace(TeamsYaml teams) {
		mounted.replace(teams.toString());
	}

	private static TeamsYaml teams() {
		return new TeamsYaml().with("research", "research")
			.with("coins", "coins", "coins: [BTC, kPEPE, 'xyz:MSTR']")
			.with("cohorts", "cohorts", "segments: [4, 5]")
			.with("both", "both", "coins: BTC", "segments: 5")
			.with("endpoints", "endpoints", "endpoints: heatmap", "coins: BTC");
	}

}
