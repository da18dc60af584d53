package io.htgateway;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which headers pass the gateway, either way.
 */
@SecurityTest
@GatewayTest
class HeaderPassageIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation";

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=2";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String[] CLIENTS = { "Authorization", "Bearer client-value", "X-API-Key", "client-value",
			"Cookie", "session=client-value", "Proxy-Authorization", "Basic client-value", "X-Forwarded-For",
			"192.0.2.1", "X-Forwarded-Host", "client-value.example", "X-Forwarded-Proto", "client-value",
			"X-Forwarded-Prefix", "/client-value", "Forwarded", "for=client-value", "X-Real-IP", "192.0.2.1",
			"X-Amz-Date", "client-value", "X-Amz-Security-Token", "client-value", "X-Amz-Content-Sha256",
			"client-value", "x-amz-meta-a", "client-value", "traceparent",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate", "a=client-value", "baggage",
			"a=client-value", "X-B3-TraceId", "0af7651916cd43dd8448eb211c80319c", "X-Request-Id", "client-value",
			"Referer", "https://client-value.example", "Origin", "https://client-value.example", "User-Agent",
			"client-value", "Accept-Language", "client-value", "Range", "bytes=0-1", "If-None-Match",
			"\"client-value\"", "If-Modified-Since", "Sun, 01 Nov 2026 00:00:00 GMT", "Cache-Control",
			"no-cache, client-value", "Pragma", "no-cache", "X-HTTP-Method-Override", "DELETE", "X-Original-URL",
			"/client-value", "X-Unknown", "client-value" };

	private static final String[] UPSTREAMS = { "Server", "upstream-value", "Set-Cookie", "a=upstream-value",
			"Set-Cookie2", "upstream-value", "Location", "https://upstream-value.example", "WWW-Authenticate",
			"upstream-value", "X-Amz-Request-Id", "upstream-value", "x-amz-id-2", "upstream-value",
			"X-RateLimit-Remaining", "1", "X-Powered-By", "upstream-value", "Via", "1.1 upstream-value", "Link",
			"<https://upstream-value.example>", "traceparent",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "Access-Control-Allow-Origin", "*",
			"Strict-Transport-Security", "max-age=1", "Alt-Svc", "upstream-value", "Content-Disposition",
			"attachment; filename=upstream-value", "Content-Language", "xx", "ETag", "\"upstream-value\"", "Expires",
			"Sun, 01 Nov 2026 00:00:00 GMT", "Content-Security-Policy", "upstream-value", "X-Unknown",
			"upstream-value" };

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@CsvSource({ "FILLS, " + FILLS, "RISK, " + RISK, "HEATMAP, " + HEATMAP })
	void callHasNoHeaderOfTheClient(Endpoint endpoint, String target) {
		assertThat(gateway.get(target, CLIENTS).status()).isEqualTo(200);

		LoggedRequest call = upstream.requests(endpoint).getFirst();
		assertThat(names(call)).containsExactlyInAnyOrder("host", "accept", "accept-encoding", "user-agent",
				"authorization");
		assertThat(call.getHeader("Authorization")).isEqualTo("Bearer " + upstream.key());
		assertThat(call.getHeaders() + call.getUrl()).doesNotContain("client-value", "192.0.2.1", "0af76519");
	}

	@Test
	void downloadHasNoHeaderOfTheClientAndNoKey() {
		assertThat(gateway.get(HEATMAP, CLIENTS).status()).isEqualTo(200);

		LoggedRequest download = upstream.requests(Endpoint.DOWNLOAD).getFirst();
		assertThat(names(download)).containsExactlyInAnyOrder("host", "accept", "user-agent");
		assertThat(download.getHeaders() + download.getUrl()).doesNotContain("client-value", "192.0.2.1", "0af76519",
				upstream.key());
	}

	@ParameterizedTest
	@ValueSource(strings = { FILLS, RISK, HEATMAP })
	void answerHasNoHeaderOfUpstreamOrStoreThatIsNotNamed(String target) {
		upstream.answer(Endpoint.FILLS, marked(WireMock.okJson("{\"fills\":[]}")));
		upstream.answer(Endpoint.RISK, marked(WireMock.okJson("{\"totalCount\":0,\"items\":[]}")));
		upstream.answer(Endpoint.HEATMAP,
				WireMock.status(302)
					.withHeader("Location", upstream.signedLink("BTC").toString())
					.withHeader("Set-Cookie", "a=upstream-value"));
		upstream.answer(Endpoint.DOWNLOAD, marked(WireMock.okJson("{\"coin\":\"BTC\",\"heatmap\":[]}")));

		for (int request = 0; request < 3; request++) {
			Gateway.Response response = gateway.get(target);
			assertThat(response.status()).isEqualTo(200);
			assertThat(names(response)).isSubsetOf("age", "date", "etag", "cache-control", "content-length",
					"content-type", "vary", "accept-ranges", "cache-status", "last-modified");
			assertThat(response.everything()).doesNotContain("upstream-value");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 422, 429, 500, 503 })
	void problemHasNoHeaderOfUpstream(int status) {
		upstream.answer(Endpoint.RISK, marked(WireMock.jsonResponse("{}", status)));

		Gateway.Response problem = gateway.get(RISK);
		assertThat(problem.status()).isGreaterThanOrEqualTo(400);
		assertThat(names(problem)).isSubsetOf("date", "cache-control", "content-length", "content-type", "cache-status",
				"retry-after");
		assertThat(problem.everything()).doesNotContain("upstream-value");
	}

	private static ResponseDefinitionBuilder marked(ResponseDefinitionBuilder answer) {
		for (int name = 0; name < UPSTREAMS.length; name += 2) {
			answer.withHeader(UPSTREAMS[name], UPSTREAMS[name + 1]);
		}
		return answer;
	}

	private static List<String> names(LoggedRequest request) {
		return lowerCase(request.getAllHeaderKeys().stream());
	}

	private static List<String> names(Gateway.Response response) {
		return lowerCase(response.headers().headerNames().stream());
	}

	private static List<String> lowerCase(Stream<String> names) {
		return names.map((name) -> name.toLowerCase(Locale.ROOT)).toList();
	}

}
