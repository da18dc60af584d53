package io.htgateway.heatmap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.GzipFile;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
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
 * Files with missing or wrong headers: the gateway detects their coding from the bytes.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = "gateway.downloads.max-size=64KB")
class HeatmapCodingIntegrationTests {

	private static final String XRP = "/api/external/exports/coins/XRP/liquidation-heatmap";

	private static final String FILE = "{\"coin\":\"XRP\",\"heatmap\":[ 1e-8 ]}\n";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@ValueSource(strings = { "json", "JSON", "", "no media type", "text/plain", "text/html", "application/octet-stream",
			"binary/octet-stream", "application/x-gzip", "application/", "/", "application/json; charset", ";", "*/*",
			"application/json; charset=x-unknown", "application/json, text/plain", "a/b;c=\"d" })
	void fileWhenContentTypeIsOddIsServed(String type) {
		for (int layers = 0; layers < 2; layers++) {
			upstream.answer(Endpoint.DOWNLOAD, WireMock.ok().withHeader("Content-Type", type).withBody(packed(layers)));

			assertServed();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "GZIP", "x-gzip", "X-Gzip", "identity", "", "gzip, gzip", "gzip,identity",
			"aws-chunked", "aws-chunked,gzip", "gzip, aws-chunked", "br", "deflate", "zstd", "unknown", ",", "utf-8" })
	void fileWhenCodingIsWrongIsServedByItsBytes(String coding) {
		for (int layers = 0; layers < 4; layers++) {
			upstream.answer(Endpoint.DOWNLOAD,
					WireMock.ok().withHeader("Content-Encoding", coding).withBody(packed(layers)));

			assertServed();
		}
	}

	@Test
	void fileWhenCodingsAreOnTwoLinesIsServed() {
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.ok()
					.withHeaders(new HttpHeaders(new HttpHeader("Content-Encoding", "aws-chunked", "gzip")))
					.withBody(packed(1)));

		assertServed();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			br            | a file with the content coding br, which the gateway cannot decode
			gzip, ZSTD    | a file with the content coding zstd, which the gateway cannot decode
			aws-chunked   | a file with the content coding aws-chunked, which the gateway cannot decode
			canary        | a body that is not complete JSON
			gzip          | a body that is not complete JSON
			""")
	void fileWhenItCannotBeReadIsTheStoresFault(String coding, String reason) {
		refused(WireMock.ok().withHeader("Content-Encoding", coding).withBody("1f;canary"), reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                             | a body without the array heatmap
			[]                             | a body that is not one JSON object
			<html>canary</html>            | a body that is not complete JSON
			{"heatmap":[1],"heatmap":[2]}  | a body that is not one JSON object
			""")
	void fileWhenItIsNoHeatmapIsTheStoresFault(String body, String reason) {
		refused(WireMock.ok().withHeader("Content-Type", "application/json").withBody(body), reason);
	}

	@Test
	void fileWhenPackedTooOftenIsTheStoresFault() {
		refused(WireMock.ok().withBody(packed(5)), "a file that is compressed more than 4 times");
	}

	@Test
	void fileWhenTooLargeInAnyLayerIsRefused() {
		byte[] large = ("{\"heatmap\":[" + " ".repeat(64 * 1024) + "]}").getBytes(StandardCharsets.US_ASCII);
		for (int layers = 1; layers <= 4; layers++) {
			refused(WireMock.ok().withHeader("Content-Encoding", "gzip").withBody(GzipFile.of(large, layers)),
					"a file over the size limit");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "text/plain", "binary/octet-stream", "application/gzip", "" })
	void exportOfUpstreamWhenContentTypeIsOddIsServed(String type) {
		for (int layers = 0; layers < 3; layers++) {
			ResponseDefinitionBuilder answer = WireMock.ok().withBody(packed(layers));
			upstream.answer(Endpoint.HEATMAP, type.isEmpty() ? answer : answer.withHeader("Content-Type", type));

			assertServed();
		}
	}

	@Test
	void exportOfUpstreamWhenBrokenIsTheUpstreamsFault() {
		byte[] broken = packed(1);
		broken[broken.length - 6] ^= 1;
		upstream.answer(Endpoint.HEATMAP,
				WireMock.ok().withHeader("Content-Type", "application/gzip").withBody(broken));

		assertDetail("the upstream sent a broken gzip file");
	}

	@ParameterizedTest
	@CsvSource({ "RISK, /api/external/7/assets/liquidation-risk?limit=3", "FILLS, /api/external/fills/liquidation",
			"HEATMAP, /api/external/exports/coins/XRP/liquidation-heatmap" })
	void answerOfUpstreamWhenItIsNotTheGzipThatItSaysIsNoFailureOfTheConnection(Endpoint endpoint, String target) {
		upstream.answer(endpoint,
				WireMock.okJson("{\"fills\":[],\"items\":[],\"heatmap\":[]}").withHeader("Content-Encoding", "gzip"));

		assertThat(Problems.check(gateway.get(target), 502, Problems.OWN + "upstream-failed").path("detail").asString())
			.isEqualTo("the upstream sent a body that is not in the content coding that it declares");
		assertThat(upstream.calls(endpoint)).isEqualTo(1);
	}

	private void assertServed() {
		clock.advance(Duration.ofMinutes(20));
		Gateway.Response response = gateway.get(XRP);

		assertThat(response.text()).isEqualTo(FILE);
		assertThat(response.header("Age")).isEqualTo("0");
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
	}

	private void refused(ResponseDefinitionBuilder file, String reason) {
		upstream.answer(Endpoint.DOWNLOAD, file);

		assertDetail("the object store sent " + reason);
	}

	private void assertDetail(String detail) {
		clock.advance(Duration.ofMinutes(20));
		Gateway.Response response = gateway.get(XRP);

		assertThat(Problems.check(response, 502, Problems.OWN + "upstream-failed").path("detail").asString())
			.isEqualTo(detail);
		assertThat(response.everything()).doesNotContain("canary");

	}

	private static byte[] packed(int layers) {
		return GzipFile.of(FILE.getBytes(StandardCharsets.UTF_8), layers);
	}

}
