package io.htgateway.heatmap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.GzipFile;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class HeatmapIntegrationTests {

	private static final String BTC = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final byte[] SMALL = "{\"coin\":\"BTC\",\"heatmap\":[ 1e-8 ]}\n".getBytes(StandardCharsets.UTF_8);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void heatmapWhenManyAskForColdCoinCostsOneCallAndOneDownload() {
		List<Gateway.Response> responses = gateway.getAll(200, BTC);

		assertThat(responses)
			.allSatisfy((response) -> assertThat(response.body()).isEqualTo(upstream.heatmapBody("BTC")));
		assertThat(responses).extracting(Gateway.Response::status).containsOnly(200);
		assertCalls(1, 1);
	}

	@Test
	void heatmapWhenCoinIsInAnyCaseIsOneEntry() {
		for (String coin : List.of("btc", "BTC", "Btc", "bTC")) {
			assertThat(gateway.get(BTC.replace("BTC", coin)).body()).isEqualTo(upstream.heatmapBody("BTC"));
		}
		assertCalls(1, 1);
	}

	@Test
	void heatmapWhenCoinHasDexPrefixIsOneEntryHoweverItIsWritten() {
		for (String coin : List.of("xyz:MSTR", "XYZ%3Amstr", "Xyz%3aMstr")) {
			assertThat(gateway.get(BTC.replace("BTC", coin)).body()).isEqualTo(upstream.heatmapBody("xyz:MSTR"));
		}
		assertThat(upstream.requests(Endpoint.HEATMAP)).extracting(LoggedRequest::getUrl)
			.containsExactly(BTC.replace("BTC", "xyz%3AMSTR"));
		assertCalls(1, 1);
	}

	@Test
	void heatmapWhenTtlIsOverIsLoadedAgain() {
		gateway.get(BTC);
		clock.advance(Duration.ofSeconds(299));
		assertThat(gateway.get(BTC).header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=1");
		clock.advance(Duration.ofMinutes(11));

		Gateway.Response response = gateway.get(BTC);

		assertThat(response.header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=stale; fwd-status=200; stored");
		assertThat(response.body()).isEqualTo(upstream.heatmapBody("BTC"));
		assertCalls(2, 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void heatmapWhenUpstreamRedirectsIsFileBehindLink(int status) {
		upstream.answer(Endpoint.HEATMAP, redirect(status, upstream.signedLink("BTC").toString()));

		assertThat(gateway.get(BTC).body()).isEqualTo(upstream.heatmapBody("BTC"));
		assertCalls(1, 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "url", "downloadUrl" })
	void heatmapWhenUpstreamAnswersWithLinkInJsonIsFileBehindLink(String field) {
		String json = "{\"expiresIn\":60,\"%s\":\"%s\"}".formatted(field, upstream.signedLink("BTC"));
		upstream.answer(Endpoint.HEATMAP, WireMock.okJson(json));

		assertThat(gateway.get(BTC).body()).isEqualTo(upstream.heatmapBody("BTC"));
		assertCalls(1, 1);
	}

	@Test
	void heatmapWhenUpstreamAnswersWithExportIsThat() {
		upstream.answer(Endpoint.HEATMAP,
				WireMock.ok().withHeader("Content-Type", "application/json").withBody(upstream.heatmapBody("BTC")));

		assertThat(gateway.get(BTC).body()).isEqualTo(upstream.heatmapBody("BTC"));
		assertCalls(1, 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/gzip", "application/json", "binary/octet-stream", "" })
	void fileWhenPackedIsUnpackedByItsFirstBytes(String type) {
		ResponseDefinitionBuilder answer = WireMock.ok().withBody(GzipFile.of(SMALL));
		upstream.answer(Endpoint.DOWNLOAD, type.isEmpty() ? answer : answer.withHeader("Content-Type", type));

		assertIsSmall(gateway.get(BTC));
	}

	@Test
	void fileWhenPackedAndDeclaredSoIsUnpacked() {
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.ok().withHeader("Content-Encoding", "gzip").withBody(GzipFile.of(SMALL)));

		assertIsSmall(gateway.get(BTC));
	}

	@Test
	void fileWhenNotPackedIsServedAsItIs() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.ok().withBody(SMALL));

		assertIsSmall(gateway.get(BTC));
	}

	@Test
	void heatmapWhenLinkHasExpiredIsAskedForAnewOnce() {
		String expired = upstream.signedLink("BTC").toString();
		clock.advance(Duration.ofSeconds(30));
		upstream.answerNext(Endpoint.HEATMAP, 1, redirect(302, expired));

		Gateway.Response response = gateway.get(BTC);

		assertThat(response.body()).isEqualTo(upstream.heatmapBody("BTC"));
		assertCalls(2, 2);
	}

	@Test
	void heatmapWhenLinkHasExpiredTwiceIsGivenUp() {
		String expired = upstream.signedLink("BTC").toString();
		clock.advance(Duration.ofSeconds(30));
		upstream.answer(Endpoint.HEATMAP, redirect(302, expired));

		Problems.check(gateway.get(BTC), 502, Problems.OWN + "upstream-failed");

		assertCalls(2, 2);
	}

	@Test
	void heatmapWhenCoinIsUnknownIsUpstreamsRefusal() {
		Gateway.Response response = gateway.get(BTC.replace("BTC", "NOPE"));

		JsonNode problem = Problems.check(response, 404, Problems.OWN + "upstream-rejected");
		assertThat(problem.path("detail").asString()).isEqualTo("Coin not found");
		assertCalls(1, 0);
	}

	@Test
	void headIsLikeGetWithoutBody() {
		Gateway.Response cold = gateway.head(BTC);
		Gateway.Response head = gateway.head(BTC);
		Gateway.Response get = gateway.get(BTC);

		assertThat(cold.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");
		assertThat(head.headers()).isEqualTo(get.headers());
		assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(upstream.heatmapBody("BTC").length));
		assertThat(gateway.raw("HEAD", BTC)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
		assertThat(get.body()).isEqualTo(upstream.heatmapBody("BTC"));
		assertCalls(1, 1);
	}

	@Test
	void upstreamSeesKeyAndStoreDoesNotAndNeitherSeesWhatClientSent() {
		gateway.get(BTC, "Authorization", "Bearer client-value", "Cookie", "session=client-value", "X-Forwarded-For",
				"192.0.2.1", "X-Forwarded-Host", "client-value.example", "Forwarded", "for=192.0.2.1", "traceparent",
				"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate", "a=client-value", "baggage",
				"a=client-value", "X-Amz-Meta-A", "client-value", "X-Api-Key", "client-value", "User-Agent",
				"client-value", "Accept-Language", "de", "X-HTTP-Method-Override", "DELETE");

		LoggedRequest call = upstream.requests(Endpoint.HEATMAP).getFirst();
		LoggedRequest download = upstream.requests(Endpoint.DOWNLOAD).getFirst();
		assertThat(headerNames(call)).containsExactlyInAnyOrder("host", "accept", "accept-encoding", "user-agent",
				"authorization");
		assertThat(headerNames(download)).containsExactlyInAnyOrder("host", "accept", "user-agent");
		assertThat(call.getHeader("Authorization")).isEqualTo("Bearer " + upstream.key());
		assertThat(call.getHeaders() + " " + download.getHeaders()).doesNotContain("client-value");
	}

	private static List<String> headerNames(LoggedRequest request) {
		return request.getAllHeaderKeys().stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList();
	}

	private void assertIsSmall(Gateway.Response response) {
		assertThat(response.body()).isEqualTo(SMALL);
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		assertThat(response.headers().containsHeader("Content-Encoding")).isFalse();
		assertCalls(1, 1);
	}

	private void assertCalls(int calls, int downloads) {
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(calls);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(downloads);
	}

	private static ResponseDefinitionBuilder redirect(int status, String location) {
		return WireMock.status(status).withHeader("Location", location);
	}

}
