package io.htgateway.web;

import java.util.List;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that the gateway rejects itself, without an upstream call.
 */
@SecurityTest
@GatewayTest
class RequestRefusalIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation";

	private static final String RISK = "/api/external/5/assets/liquidation-risk";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final List<String> PATHS = List.of(FILLS, RISK, HEATMAP);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@AfterEach
	void nothingWasCalled() {
		assertThat(Endpoint.values()).allSatisfy((endpoint) -> assertThat(upstream.calls(endpoint)).isZero());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/fills/liquidation?limit=0&coin=a-b&address=0x1&start=x&end=y&side=C&nextCursor=&a=1 | limit coin address start end side nextCursor a
					/fills/liquidation?limit=1001&coin=a:b:c&address=0xg160fb45324397c607528892eef27ad183768d7f&side=a | limit coin address side
					/fills/liquidation?limit=1&limit=2&coin=A&coin=B | limit coin
					/fills/liquidation?limit=1,2 | limit
					/fills/liquidation?limit=+5 | limit
					/fills/liquidation?limit=%D9%A3 | limit
					/fills/liquidation?limit | limit
					/fills/liquidation?limit=99999999999999999999 | limit
					/fills/liquidation?coin%5B%5D=BTC | coin[]
					/fills/liquidation?cursor=abc | cursor
					/fills/liquidation?Limit=5 | Limit
					/fills/liquidation?nextCursor=%0d%0aX:%201 | nextCursor
					/fills/liquidation?nextCursor=%00 | nextCursor
					/fills/liquidation?end=2026-05-01 | end
					/fills/liquidation?start=2026-05-01&end=2026-05-01 | end
					/fills/liquidation?start=2026-05-01&end=2026-08-01T00:00:01Z | end
					/fills/liquidation?start=2026-02-30 | start
					/fills/liquidation?start=2026-05-28T17:27:35+02:00 | start
					/17/assets/liquidation-risk?offset=-1&limit=501&a=1 | segmentId offset limit a
					/0/assets/liquidation-risk?limit=0&offset=1000001 | segmentId limit offset
					/whales/assets/liquidation-risk | segmentId
					/5/assets/liquidation-risk?limit=&offset= | limit offset
					/5/assets/liquidation-risk?limit=5&limit=6 | limit
					/exports/coins/a_b/liquidation-heatmap?limit=1 | coin limit
					/exports/coins/abcdefghijklmnopqrstuvwxy/liquidation-heatmap | coin
					/exports/coins/a:b:c/liquidation-heatmap | coin
					/exports/coins/BTC/liquidation-heatmap?a | a
					""")
	void requestWhenParametersAreInvalidGetsAllOfThem(String target, String parameters) {
		Gateway.Response response = gateway.get("/api/external" + target);

		JsonNode problem = Problems.check(response, 400, Problems.OWN + "invalid-parameters");
		assertThat(Problems.parameters(problem)).containsExactlyInAnyOrder(parameters.split(" "));
		assertThat(response.headers().containsHeader("X")).isFalse();
	}

	@Test
	void requestWhenCursorHasTheNameThatUpstreamIgnoresGetsTheRightOne() {
		JsonNode problem = Problems.check(gateway.get(FILLS + "?cursor=abc"), 400, Problems.OWN + "invalid-parameters");

		assertThat(problem.path("errors").path(0).path("message").asString()).contains("did you mean nextCursor?");
		assertThat(problem.path("instance").asString()).isEqualTo(FILLS);
	}

	@Test
	void requestWhenParameterIsOverlongGetsItShortened() {
		Gateway.Response response = gateway.get(FILLS + "?coin=" + "A".repeat(3_000));

		JsonNode problem = Problems.check(response, 400, Problems.OWN + "invalid-parameters");
		assertThat(problem.path("errors").path(0).path("rejected").asString()).isEqualTo("A".repeat(100) + "...");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/external/hypertracker/state/status", "/api/external/fills", "/api/external",
			"/API/external/fills/liquidation", FILLS + "/", RISK + "/", HEATMAP + "/", "/nothing", "/error",
			"/api/external/fills/liquidation.json", "/webjars/nothing.js" })
	void requestWhenPathIsUnknownIsNotFound(String path) {
		Problems.check(gateway.get(path), 404, "about:blank");
	}

	@ParameterizedTest
	@MethodSource("methodsAndPaths")
	void requestWhenMethodIsNotAllowedGetsTheAllowedOnes(String method, String path) {
		Gateway.Response response = gateway
			.send(method, path, "Origin", "http://127.0.0.1", "Access-Control-Request-Method", "GET")
			.join();

		Problems.check(response, 405, "about:blank");
		assertThat(response.header("Allow").split(",\\s*")).containsExactlyInAnyOrder("GET", "HEAD");
	}

	static Stream<Arguments> methodsAndPaths() {
		return Stream.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
			.flatMap((method) -> PATHS.stream().map((path) -> Arguments.of(method, path)));
	}

	@ParameterizedTest
	@FieldSource("PATHS")
	void requestWhenNoJsonIsAcceptedIsNotAcceptable(String path) {
		Problems.check(gateway.get(path, "Accept", "text/csv"), 406, "about:blank");
		Problems.check(gateway.get(path, "Accept", "no media type"), 406, "about:blank");
	}

	@Test
	void headWhenParametersAreWrongHasNoBody() {
		Gateway.Response response = gateway.head(FILLS + "?limit=0");

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(gateway.raw("HEAD", FILLS + "?limit=0")).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
	}

	@Test
	void requestWhenServerRefusesTargetGetsTheDate() {
		assertThat(gateway.raw("GET", RISK + "#a")).startsWith("HTTP/1.1 400 ")
			.containsPattern("(?i)\r\ndate: .* GMT\r\n");
	}

	// The answers to the last two and to a few of the paths come from the server before
	// any filter, and have no body.
	@ParameterizedTest
	@CsvSource(delimiter = ' ', quoteCharacter = '`', textBlock = """
			/api/external/%35/assets/liquidation-risk 400
			/%31/assets/liquidation-risk 400
			/api/external/5;jsessionid=1/assets/liquidation-risk 400
			/api/external/5/assets/liquidation-risk;jsessionid=1 400
			/api/external//5/assets/liquidation-risk 400
			//api/external/5/assets/liquidation-risk 400
			/api/external/5/assets/liquidation-risk/ 404
			/api/external/5/assets/liquidation-risk// 400
			/api/external/x/../5/assets/liquidation-risk 400
			/api/external/./5/assets/liquidation-risk 400
			/api/external/x/..%2f5/assets/liquidation-risk 400
			/api/external/x/%2e%2e/5/assets/liquidation-risk 400
			/api/external/x/.%2e/5/assets/liquidation-risk 400
			/api/external/exports/coins/BTC%00/liquidation-heatmap 400
			/api/external/exports/coins/BTC%0d%0aX:1/liquidation-heatmap 400
			/api/external/exports/coins/BTC%252f/liquidation-heatmap 400
			/api/external/exports/coins/..%252f..%252fBTC/liquidation-heatmap 400
			/api/external/exports/coins/BTC%2f..%2fETH/liquidation-heatmap 400
			/api/external/exports/coins/BTC%3fa=b/liquidation-heatmap 400
			/api/external/exports/coins/BTC%23/liquidation-heatmap 400
			/api/external/exports/coins/BTC%5c/liquidation-heatmap 400
			/api/external/exports/coins/%ff/liquidation-heatmap 400
			/api/external\\fills\\liquidation 400
			/api/external/exports/coins/B\\TC/liquidation-heatmap 400
			/api/external/exports/coins/B{TC/liquidation-heatmap 400
			/api/external/exports/coins/B%zzTC/liquidation-heatmap 400
			/api/external/fills/liquidation?coin=%zz 400
			/api/external/fills/liquidation?coin=B|C 400
			""")
	void requestWhenPathOrQueryCouldMeanTwoThingsIsRefused(String target, int status) {
		assertThat(gateway.raw("GET", target)).startsWith("HTTP/1.1 " + status + " ");
	}

}
