package io.htgateway.declared;

import java.util.Arrays;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MountedTeams;
import io.htgateway.testing.Problems;
import io.htgateway.testing.TeamsYaml;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import io.htgateway.web.Http2Client;
import io.htgateway.web.Http2Frames;
import io.htgateway.web.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints that teams may use: research may use all, lab only risk and other exports.
 */
@SecurityTest
@GatewayTest
@Import(MountedTeams.Configuration.class)
@TestPropertySource(properties = { "gateway.access.open=false", "gateway.endpoints.segments.path=/segments",
		"gateway.endpoints.bias-history.path=/segments/{segmentId}/bias-history",
		"gateway.endpoints.coin-export.path=/exports/coins/{coin}/{file}", "gateway.endpoints.coin-export.kind=file",
		"gateway.access.rate-limit-headers=true" })
@ExtendWith(OutputCaptureExtension.class)
class TeamEndpointsIntegrationTests {

	private static final String NOT_ALLOWED = Problems.OWN + "endpoint-not-allowed";

	private static final String ROOT = "/api/external";

	private static final String RISK = ROOT + "/5/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = ROOT + "/exports/coins/BTC/liquidation-heatmap";

	private static final String SEGMENTS = ROOT + "/segments";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MountedTeams mounted;

	@BeforeEach
	void teamsAreTheFirst() {
		replace("endpoints: [risk, coin-export]");
	}

	@ParameterizedTest
	@CsvSource({ "/fills/liquidation?limit=x, fills", "/exports/coins/BTC/liquidation-heatmap, heatmap",
			"/segments?page=2, segments", "/segments/7/bias-history, bias-history",
			"/segments/!/bias-history, bias-history" })
	void endpointWithoutTheRightIsRefusedBeforeAnythingElse(String target, String endpoint) {
		String path = ROOT + target.replace("!", "-".repeat(200));
		Gateway.Response response = gateway.get(path, "Authorization", "Bearer lab", "Accept", "image/png");

		assertThat(Problems.check(response, 403, NOT_ALLOWED).path("detail").asString()).isEqualTo(
				"the team lab may not use the endpoint %s; it may use risk, coin-export; the gateway's operators can add it to the team's endpoints"
					.formatted(endpoint));
		assertThat(response.headers().containsHeader("Cache-Status")).isFalse();
		assertThat(response.header("RateLimit-Policy")).isEqualTo("\"team\";q=100000;w=60");
		assertThat(Endpoint.values()).allSatisfy((each) -> assertThat(upstream.calls(each)).isZero());
	}

	@Test
	void teamWithoutAListMayUseAll() {
		assertThat(List.of(RISK, HEATMAP, SEGMENTS, ROOT + "/segments/7/bias-history"))
			.allSatisfy((target) -> assertThat(status("research", target)).isEqualTo(200));
		assertThat(status("lab", RISK)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { HEATMAP, SEGMENTS })
	void hitOfAnotherTeamIsNotAnsweredOnAnyWay(String target) {
		String etag = gateway.get(target, "Authorization", "Bearer research").header("ETag");
		ways.shortWay("GET", target, "Authorization", "Bearer research");
		try (RawClient connection = RawClient.of(gateway)) {
			assertThat(Arrays.asList("research", "lab", "research", "lab", "lab"))
				.extracting((team) -> connection.ask(team, target, ""))
				.containsExactly("200", "403", "200", "403", "403");
			assertThat(connection.ask("lab", target, "If-None-Match: " + etag + "\r\n")).isEqualTo("403");
			assertThat(connection.ask("lab", target, "If-None-Match: *\r\n")).isEqualTo("403");
			assertThat(connection.ask("lab", target, "Cache-Control: only-if-cached\r\n")).isEqualTo("403");
		}
		assertThat(gateway.head(target, "Authorization", "Bearer lab").status()).isEqualTo(403);
		assertThat(gateway.get(target, "X-API-Key", "lab").status()).isEqualTo(403);
		assertThat(upstream.calls(Endpoint.HEATMAP) + upstream.calls(Endpoint.SEGMENTS)).isOne();
	}

	@Test
	void pipelinedHitsAreAnsweredToTheTeamWithTheRightAlone() {
		status("research", SEGMENTS);
		ways.shortWay("GET", SEGMENTS, "Authorization", "Bearer research");
		try (RawClient connection = RawClient.of(gateway)) {
			connection.send(RawClient.request("research", SEGMENTS, "") + RawClient.request("lab", SEGMENTS, "")
					+ RawClient.request("research", SEGMENTS, ""));

			assertThat(List.of(RawClient.status(connection.read()), RawClient.status(connection.read()),
					RawClient.status(connection.read())))
				.containsExactly("200", "403", "200");
		}
	}

	@Test
	void hitOfAnotherTeamIsNotAnsweredOverHttp2() {
		status("research", HEATMAP);
		try (Http2Client connection = Http2Client.on(RawClient.of(gateway))) {
			connection.request(1, Http2Frames.get(HEATMAP, "authorization", "Bearer research"));
			Http2Client.Answer own = connection.answer(1);
			connection.request(3, Http2Frames.get(HEATMAP, "authorization", "Bearer lab"));
			Http2Client.Answer other = connection.answer(3);

			assertThat(own.status()).isEqualTo(200);
			assertThat(own.body()).contains("priceBinIndex");
			assertThat(other.status()).isEqualTo(403);
			assertThat(other.body()).contains(NOT_ALLOWED).doesNotContain("priceBinIndex");
		}
	}

	@Test
	void rightThatIsGivenAndTakenAwayHoldsFromTheNextRequest() {
		status("research", SEGMENTS);
		ways.shortWay("GET", SEGMENTS, "Authorization", "Bearer research");
		try (RawClient connection = RawClient.of(gateway); Http2Client second = Http2Client.on(RawClient.of(gateway))) {
			assertThat(connection.ask("lab", SEGMENTS, "")).isEqualTo("403");

			replace("endpoints: segments");
			assertThat(connection.ask("lab", SEGMENTS, "")).isEqualTo("200");
			assertThat(connection.ask("lab", SEGMENTS, "")).isEqualTo("200");
			assertThat(connection.ask("lab", RISK, "")).isEqualTo("403");
			second.request(1, Http2Frames.get(SEGMENTS, "authorization", "Bearer lab"));
			assertThat(second.answer(1).status()).isEqualTo(200);

			replace("endpoints: [risk]");
			assertThat(connection.ask("lab", SEGMENTS, "")).isEqualTo("403");
			second.request(3, Http2Frames.get(SEGMENTS, "authorization", "Bearer lab"));
			assertThat(second.answer(3).status()).isEqualTo(403);

			replace("requests-per-minute: 5000");
			assertThat(connection.ask("lab", SEGMENTS, "")).isEqualTo("200");
		}
		assertThat(upstream.calls(Endpoint.SEGMENTS)).isOne();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"endpoints: [risk, segmens] | gateway.access.teams[1].endpoints has segmens, which is not an endpoint; did you mean segments?",
			"endpoints: [] | gateway.access.teams[1].endpoints (line 8) must name the endpoints that the team may use",
			"'endpoints:' | gateway.access.teams[1].endpoints (line 8) must name the endpoints that the team may use" })
	void fileWithAWrongEndpointLeavesTheRightsAsTheyWere(String wrong, String reason, CapturedOutput output) {
		replace(wrong);

		assertThat(status("lab", RISK)).isEqualTo(200);
		assertThat(status("lab", SEGMENTS)).isEqualTo(403);
		assertThat(output.getOut().lines().filter((line) -> line.contains("ERROR"))).last().asString().contains(reason);
	}

	@Test
	void pathOfAMoreSpecificEndpointIsNotReachedThroughAnother() {
		assertThat(status("lab", ROOT + "/exports/coins/BTC/segment-metrics-24h")).isEqualTo(200);
		assertThat(List.of("liquidation-heatmap", "liquidation-heatmap/", "Liquidation-Heatmap",
				"liquidation%2Dheatmap", "liquidation-heatmap;x=1", "./liquidation-heatmap"))
			.allSatisfy((file) -> assertThat(status("lab", ROOT + "/exports/coins/BTC/" + file)).isBetween(400, 404));
		assertThat(gateway.get(ROOT + "/exports/coins/BTC/LIQUIDATION-heatmap", "Authorization", "Bearer research")
			.json()
			.path("detail")
			.asString()).endsWith("write /api/external/exports/coins/{coin}/liquidation-heatmap");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isZero();
	}

	@Test
	void refusalIsCountedAndLoggedAsAWrongRequest(CapturedOutput output) {
		double before = refusals();
		status("lab", SEGMENTS);

		assertThat(refusals()).isEqualTo(before + 1);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(output.getOut().lines().filter((line) -> line.contains(" path=" + SEGMENTS)))
						.singleElement()
						.asString()
						.contains(" team=lab ", " status=403 outcome=invalid"));
	}

	@Test
	void pagesAndOperatorsNeedNoRight() {
		assertThat(gateway.get("/").status()).isEqualTo(200);
		assertThat(gateway.get("/swagger-ui/index.html", "Authorization", "Bearer lab").status()).isEqualTo(200);
		assertThat(gateway.get("/v3/api-docs", "Authorization", "Bearer lab").text()).contains("\"segments\"");
		assertThat(gateway.actuator("/health").status()).isEqualTo(200);
		assertThat(gateway.actuator("DELETE", "/gateway?endpoint=segments").status()).isEqualTo(200);
	}

	private double refusals() {
		return gateway.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line
				.startsWith("gateway_requests_total{endpoint=\"segments\",outcome=\"invalid\",team=\"lab\"}"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

	private int status(String team, String target) {
		return gateway.get(target, "Authorization", "Bearer " + team).status();
	}

	private void replace(String lab) {
		mounted.replace(teams(lab));
	}

	private static String teams(String lab) {
		return new TeamsYaml().with("research", "research")
			.with("lab", "lab", lab, lab.startsWith("requests") ? "" : "requests-per-minute: 100000")
			.toString();
	}

}
