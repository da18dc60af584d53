package io.htgateway.declared;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Declared endpoints of every kind.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.endpoints.segments.path=/segments", "gateway.endpoints.segments.ttl=1h",
		"gateway.endpoints.bias-history.path=/segments/{segmentId}/bias-history",
		"gateway.endpoints.bias-history.parameters=start,nextCursor",
		"gateway.endpoints.positions.path=/positions/heatmap", "gateway.endpoints.address-fills.path=/fills",
		"gateway.endpoints.address-fills.parameters[0].name=address",
		"gateway.endpoints.address-fills.parameters[0].array=true",
		"gateway.endpoints.address-fills.parameters[0].required=true",
		"gateway.endpoints.address-fills.parameters[0].lower-case=true",
		"gateway.endpoints.address-fills.parameters[0].pattern=0x[0-9a-fA-F]{1,40}",
		"gateway.endpoints.open-positions.path=/positions/open/coin/{coin}",
		"gateway.endpoints.open-positions.kind=text", "gateway.endpoints.coin-export.path=/exports/coins/{coin}/{file}",
		"gateway.endpoints.coin-export.kind=file", "gateway.endpoints.summary.path=/state/summary",
		"gateway.endpoints.summary.kind=file" })
class DeclaredEndpointsIntegrationTests {

	private static final String ROOT = "/api/external";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Test
	void arrayIsAnsweredByteForByteAndOnlyOnceFromUpstream() {
		Gateway.Response first = gateway.get(ROOT + "/segments");
		Gateway.Response second = gateway.get(ROOT + "/segments");

		assertThat(first.status()).isEqualTo(200);
		assertThat(first.text()).startsWith("[{\"id\":1,").endsWith("}]");
		assertThat(first.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
		assertThat(first.header("Cache-Control")).contains("max-age=3600");
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.header("Cache-Status")).contains("; hit");
		assertThat(gateway.get(ROOT + "/segments", "If-None-Match", first.header("ETag")).status()).isEqualTo(304);
		assertThat(upstream.calls(Endpoint.SEGMENTS)).isOne();
	}

	@Test
	void pagesHaveTheirCursorInTheKey() {
		Gateway.Response first = gateway.get(ROOT + "/segments/7/bias-history?start=2026-01-01");
		Gateway.Response second = gateway.get(ROOT + "/segments/7/bias-history?nextCursor=page-2&start=2026-01-01");
		gateway.get(ROOT + "/segments/7/bias-history?start=2026-01-01&nextCursor=page-2");
		gateway.get(ROOT + "/segments/8/bias-history?start=2026-01-01");

		assertThat(first.json().path("nextCursor").asString()).isEqualTo("page-2");
		assertThat(second.text()).contains("\"cursor\":\"page-2\"");
		assertThat(upstream.calls(Endpoint.BIAS_HISTORY)).isEqualTo(3);
	}

	@Test
	void arrayParameterHasOneFormInTheCacheAndUpstream() {
		Gateway.Response first = gateway.get(ROOT + "/fills?address%5B%5D=0xB&address%5B%5D=0xa");
		gateway.get(ROOT + "/fills?address=0xA&address=0xb&address=0xa");
		gateway.get(ROOT + "/fills?address=0xA&address%5B%5D=0xb");

		assertThat(first.text()).contains("[address[]=0xa, address[]=0xb]");
		assertThat(upstream.calls(Endpoint.ADDRESS_FILLS)).isOne();
	}

	@Test
	void textIsAnsweredByteForByte() {
		Gateway.Response csv = gateway.get(ROOT + "/positions/open/coin/BTC");

		assertThat(csv.text()).isEqualTo("address,size\n0x1,2.50\n");
		assertThat(csv.header("Content-Type")).isEqualTo("text/csv");
		assertThat(gateway.get(ROOT + "/positions/open/coin/BTC", "Accept", "text/csv").status()).isEqualTo(200);
		Problems.check(gateway.get(ROOT + "/positions/open/coin/BTC", "Accept", "image/png"), 406, "about:blank");
	}

	@ParameterizedTest
	@CsvSource({ "/exports/coins/BTC/segment-metrics-24h, COIN_EXPORT", "/state/summary, STATE_SUMMARY" })
	void fileIsAnsweredItselfAndNeverItsLink(String path, Endpoint endpoint) {
		Gateway.Response file = gateway.get(ROOT + path);

		assertThat(file.status()).isEqualTo(200);
		assertThat(file.body()).isEqualTo(upstream.heatmapBody("BTC"));
		assertThat(file.headers().containsHeader("Location")).isFalse();
		assertThat(file.header("Content-Type")).isEqualTo("application/json");
		assertThat(gateway.get(ROOT + path).header("Cache-Status")).contains("; hit");
		assertThat(upstream.calls(endpoint)).isOne();
	}

	@Test
	void moreSpecificPathWins() {
		gateway.get(ROOT + "/exports/coins/btc/liquidation-heatmap");

		assertThat(upstream.calls(Endpoint.HEATMAP)).isOne();
		assertThat(upstream.calls(Endpoint.COIN_EXPORT)).isZero();
		assertThat(gateway.actuator("/prometheus").text()).contains("endpoint=\"heatmap\",outcome=\"miss\"");
	}

	@Test
	void requestsForOneLargeBodyAtOnceAreOneCall() {
		upstream.hold(Endpoint.POSITIONS_HEATMAP);
		List<CompletableFuture<Gateway.Response>> requests = Stream
			.generate(() -> gateway.send("GET", ROOT + "/positions/heatmap"))
			.limit(200)
			.toList();
		upstream.release(Endpoint.POSITIONS_HEATMAP);

		assertThat(requests.stream().map(CompletableFuture::join))
			.allSatisfy((response) -> assertThat(response.body()).hasSizeGreaterThan(1_000_000));
		assertThat(upstream.calls(Endpoint.POSITIONS_HEATMAP)).isOne();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/segments?page=2 | page | is not a parameter of this endpoint; allowed: none",
					"/fills | address | is required", "/fills?address=x | address | must match 0x[0-9a-fA-F]{1,40}",
					"/segments/7/bias-history?start=a&start=b | start | must not be given more than once",
					"/segments/7/bias-history?start= | start | must be 1 to 2048 printable ASCII characters" })
	void wrongParameterIsRefusedWithoutACall(String target, String parameter, String message) {
		Gateway.Response response = gateway.get(ROOT + target);

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.json().path("errors").path(0).path("parameter").asString()).isEqualTo(parameter);
		assertThat(response.json().path("errors").path(0).path("message").asString()).startsWith(message);
		assertThat(upstream.calls(Endpoint.SEGMENTS) + upstream.calls(Endpoint.ADDRESS_FILLS)
				+ upstream.calls(Endpoint.BIAS_HISTORY))
			.isZero();
	}

	@Test
	void incompleteBodyIsNotStored() {
		upstream.answerNext(Endpoint.SEGMENTS, 1,
				WireMock.okJson("[{\"id\":1}").withHeader("Content-Type", "application/json"));

		Problems.check(gateway.get(ROOT + "/segments"), 502, Problems.OWN + "upstream-failed");
	}

	@Test
	void purgeSelectsByNameAndVariable() {
		gateway.get(ROOT + "/segments/7/bias-history");
		gateway.get(ROOT + "/segments/8/bias-history");

		assertThat(gateway.actuator("DELETE", "/gateway?segmentId=7").text()).isEqualTo("{\"found\":1,\"expired\":1}");
		assertThat(gateway.actuator("DELETE", "/gateway?endpoint=bias-history").text())
			.isEqualTo("{\"found\":2,\"expired\":1}");
	}

	@Test
	void documentHasThemWithTheirParameters() {
		String document = gateway.get("/v3/api-docs").text();

		assertThat(document).contains("\"/api/external/segments/{segmentId}/bias-history\"",
				"\"operationId\":\"segments\"");
	}

}
