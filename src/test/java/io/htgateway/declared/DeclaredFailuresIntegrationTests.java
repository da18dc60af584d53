package io.htgateway.declared;

import java.util.List;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses of declared endpoints when the upstream's response is too large, missing, of
 * another kind, or not acceptable.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.upstream.max-size=64KB", "gateway.downloads.max-size=32KB",
		"gateway.endpoints.segments.path=/segments", "gateway.endpoints.segments.max-size=1KB",
		"gateway.endpoints.positions.path=/positions/heatmap", "gateway.endpoints.positions.max-size=2MB",
		"gateway.endpoints.bias-history.path=/segments/{segmentId}/bias-history",
		"gateway.endpoints.open-positions.path=/positions/open/coin/{coin}",
		"gateway.endpoints.open-positions.kind=text", "gateway.endpoints.open-positions.max-size=128KB",
		"gateway.endpoints.coin-export.path=/exports/coins/{coin}/{file}", "gateway.endpoints.coin-export.kind=file",
		"gateway.endpoints.coin-export.max-size=1KB", "gateway.endpoints.whales.path=/5/assets/liquidation-risk",
		"gateway.endpoints.whales.parameters=limit", "gateway.endpoints.word-first.path=/segments/{x}",
		"gateway.endpoints.variable-first.path=/{y}/bias-hi", "gateway.endpoints.summary.path=/state/summary",
		"gateway.endpoints.summary.kind=file", "gateway.endpoints.summary.max-size=1MB" })
class DeclaredFailuresIntegrationTests {

	private static final String ROOT = "/api/external";

	private static final String CSV = ROOT + "/positions/open/coin/BTC";

	private static final String FAILED = Problems.OWN + "upstream-failed";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Test
	void bodyMayBeLargerThanAllOthersWhereTheEndpointSaysSo() {
		assertThat(gateway.get(ROOT + "/positions/heatmap").body()).hasSizeBetween(1_000_000, 2 * 1024 * 1024);
		upstream.answer(Endpoint.OPEN_POSITIONS, text("x".repeat(128 * 1024)));
		assertThat(gateway.get(CSV).body()).hasSize(128 * 1024);
		upstream.answer(Endpoint.BIAS_HISTORY, WireMock.okJson(json(64 * 1024)));
		assertThat(gateway.get(ROOT + "/segments/1/bias-history").body()).hasSize(64 * 1024);
	}

	@Test
	void bodyOverTheSizeOfItsEndpointIsRefused() {
		upstream.answer(Endpoint.SEGMENTS, WireMock.okJson(json(1024)));
		assertThat(gateway.get(ROOT + "/segments").status()).isEqualTo(200);
		upstream.answer(Endpoint.OPEN_POSITIONS, text("x".repeat(128 * 1024 + 1)));
		Problems.check(gateway.get(CSV), 502, FAILED);
		upstream.answer(Endpoint.BIAS_HISTORY, WireMock.okJson(json(64 * 1024 + 1)));
		Problems.check(gateway.get(ROOT + "/segments/1/bias-history"), 502, FAILED);
		upstream.answer(Endpoint.POSITIONS_HEATMAP, WireMock.okJson(json(2 * 1024 * 1024 + 1)));
		assertThat(Problems.check(gateway.get(ROOT + "/positions/heatmap"), 502, FAILED).path("detail").asString())
			.contains("a body over the size limit");
		assertThat(gateway.get(ROOT + "/5/assets/liquidation-risk?limit=5").status()).isEqualTo(200);
	}

	@Test
	void smallEndpointRefusesABodyThatOthersMayHave() {
		upstream.answer(Endpoint.SEGMENTS, WireMock.okJson(json(1025)));

		Problems.check(gateway.get(ROOT + "/segments"), 502, FAILED);
	}

	@Test
	void chunkedBodyOverTheSizeOfItsEndpointIsRefused() {
		upstream.answer(Endpoint.SEGMENTS, WireMock.okJson(json(5000)).withChunkedDribbleDelay(5, 10));

		Problems.check(gateway.get(ROOT + "/segments"), 502, FAILED);
	}

	@Test
	void fileIsBoundedAfterItsDecompression() {
		int size = upstream.heatmapBody("BTC").length;
		assertThat(size).isBetween(33 * 1024, 1024 * 1024);
		assertThat(upstream.heatmapObject("BTC")).hasSizeLessThan(32 * 1024);

		assertThat(gateway.get(ROOT + "/state/summary").body()).hasSize(size);
		assertThat(Problems.check(gateway.get(ROOT + "/exports/coins/BTC/segment-metrics"), 502, FAILED)
			.path("detail")
			.asString()).contains("over the size limit");
		Problems.check(gateway.get(ROOT + "/exports/coins/BTC/liquidation-heatmap"), 502, FAILED);
	}

	@Test
	void fileInTheAnswerItselfIsBoundedToo() {
		upstream.answer(Endpoint.COIN_EXPORT, WireMock.okJson(json(1025)));
		Problems.check(gateway.get(ROOT + "/exports/coins/BTC/segment-metrics"), 502, FAILED);
		upstream.answer(Endpoint.STATE_SUMMARY, WireMock.okJson(json(100 * 1024)));
		assertThat(gateway.get(ROOT + "/state/summary").body()).hasSize(100 * 1024);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"statusCode\":404,\"message\":\"Segment not found\"}",
			"{\"statusCode\":404,\"message\":\"Cannot GET /api/external/segments/9/bias-history\",\"error\":\"Not Found\"}" })
	void dataThatDoesNotExistSaysNothingOfTheUpstream(String body) {
		upstream.answer(Endpoint.BIAS_HISTORY, WireMock.jsonResponse(body, 404));

		assertThat(
				IntStream.rangeClosed(1, 6).mapToObj((id) -> gateway.get(ROOT + "/segments/x" + id + "/bias-history")))
			.allSatisfy((response) -> Problems.check(response, 404, Problems.OWN + "upstream-rejected"));

		assertOthersAreCalled();
	}

	@ParameterizedTest
	@MethodSource("answersOfAnotherKind")
	void endpointOfTheWrongKindClosesNoOther(ResponseDefinitionBuilder answer) {
		upstream.answer(Endpoint.BIAS_HISTORY, answer);

		assertThat(
				IntStream.rangeClosed(1, 6).mapToObj((id) -> gateway.get(ROOT + "/segments/k" + id + "/bias-history")))
			.allSatisfy((response) -> assertThat(response.status()).isEqualTo(502));

		assertOthersAreCalled();
	}

	static List<ResponseDefinitionBuilder> answersOfAnotherKind() {
		return List.of(text("a,b\n"),
				WireMock.temporaryRedirect("https://bucket.s3.amazonaws.com/file?X-Amz-Signature=1"),
				WireMock.temporaryRedirect("/api/external/elsewhere"),
				ResponseDefinitionBuilder.responseDefinition().withStatus(404).withBody("nothing"));
	}

	private void assertOthersAreCalled() {
		assertThat(gateway.get(ROOT + "/5/assets/liquidation-risk?limit=5").status()).isEqualTo(200);
		assertThat(gateway.get(ROOT + "/fills/liquidation?limit=5").status()).isEqualTo(200);
		assertThat(upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "text/csv | 200", "text/* | 200", "*/* | 200", "application/json;q=0, */* | 200",
					"application/json;q=0, text/csv | 200", "text/csv;q=0.1 | 200", "application/json | 406",
					"application/json, text/html | 406", "text/csv;q=0 | 406", "text/csv;q=0, */* | 406",
					"text/*;q=0, */* | 406", "text/csv;q=0, application/json | 406", "no media type | 406" })
	void textIsAcceptableByItsOwnTypeThoughReplayIsAtHand(String accept, int status) {
		gateway.get(CSV);
		ways.shortWay("GET", CSV);

		assertThat(gateway.get(CSV, "Accept", accept).status()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "application/json | 200", "application/octet-stream | 200",
			"application/json;q=0, application/octet-stream | 200", "text/csv | 406", "application/*;q=0, */* | 406" })
	void fileIsAcceptableAsJsonAndByItsOwnType(String accept, int status) {
		gateway.get(ROOT + "/state/summary");
		ways.shortWay("GET", ROOT + "/state/summary");

		assertThat(gateway.get(ROOT + "/state/summary", "Accept", accept).status()).isEqualTo(status);
	}

	@Test
	void declaredPathOverABuiltInOneWinsWhereItIsMoreSpecific() {
		gateway.get(ROOT + "/5/assets/liquidation-risk?limit=7");
		gateway.get(ROOT + "/6/assets/liquidation-risk?limit=7");

		assertThat(upstream.requests(Endpoint.RISK)).extracting((request) -> request.getUrl())
			.containsExactly("/api/external/5/assets/liquidation-risk?limit=7",
					"/api/external/6/assets/liquidation-risk?offset=0&limit=500");
		assertThat(Problems
			.check(gateway.get(ROOT + "/5/assets/liquidation-risk?offset=1"), 400, Problems.OWN + "invalid-parameters")
			.path("errors")
			.path(0)
			.path("message")
			.asString()).endsWith("; allowed: limit");
	}

	@Test
	void pathWhoseWordComesFirstWinsAmongEquals() {
		assertThat(gateway.get(ROOT + "/segments/bias-hi").status()).isNotEqualTo(200);

		assertThat(gateway.actuator("/prometheus").text().lines()).anyMatch(
				(line) -> line.startsWith("gateway_requests_total{endpoint=\"word-first\"") && line.endsWith(" 1.0"))
			.noneMatch((line) -> line.startsWith("gateway_requests_total{endpoint=\"variable-first\"")
					&& !line.endsWith(" 0.0"));
	}

	private static ResponseDefinitionBuilder text(String body) {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(200)
			.withHeader("Content-Type", "text/csv; charset=utf-8")
			.withBody(body);
	}

	private static String json(int size) {
		return "[\"" + "x".repeat(size - 4) + "\"]";
	}

}
