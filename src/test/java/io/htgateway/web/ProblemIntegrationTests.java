package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Problems when the upstream refuses or fails.
 */
@GatewayTest
class ProblemIntegrationTests {

	private static final Duration BACKOFF = Duration.ofSeconds(5);

	private static final Duration PROBE_INTERVAL = Duration.ofMinutes(1);

	private static final List<Endpoint> API = List.of(Endpoint.FILLS, Endpoint.RISK, Endpoint.HEATMAP);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@ValueSource(ints = { 400, 422 })
	void requestWhenUpstreamRejectsItGetsReasonOfUpstream(int status) {
		String body = "{\"statusCode\":" + status
				+ ",\"message\":[\"limit is odd\",\"coin is\\nstrange\"],\"error\":\"Nope\"}";
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, WireMock.jsonResponse(body, status));

			Gateway.Response response = gateway.get(path(endpoint));

			JsonNode problem = Problems.check(response, status, Problems.OWN + "upstream-rejected");
			assertThat(problem.path("detail").asString()).isEqualTo("limit is odd; coin is strange");
			assertForwarded(response, endpoint, status);
		}
	}

	// Fills and cohorts always exist.
	@Test
	void requestWhenUpstreamKnowsNoSuchCoinGetsReasonOfUpstream() {
		upstream.answer(Endpoint.HEATMAP, WireMock.jsonResponse("{\"statusCode\":404,\"message\":\"no map\"}", 404));

		Gateway.Response response = gateway.get(path(Endpoint.HEATMAP));

		JsonNode problem = Problems.check(response, 404, Problems.OWN + "upstream-rejected");
		assertThat(problem.path("detail").asString()).isEqualTo("no map");
		assertForwarded(response, 404);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"message":"coin is wrong"} | coin is wrong
			{"error":"Bad Request"} | Bad Request
			{"message":"see https://host.example/a?b=c for more"} | see [link] for more
			{"message":42} | the upstream rejected the request without a reason
			""")
	void requestWhenUpstreamRejectsItInAnotherFormGetsReasonIfReadable(String body, String detail) {
		upstream.answer(Endpoint.FILLS, WireMock.status(400).withBody(body));

		JsonNode problem = Problems.check(gateway.get(path(Endpoint.FILLS)), 400, Problems.OWN + "upstream-rejected");

		assertThat(problem.path("detail").asString()).isEqualTo(detail);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void requestWhenUpstreamRefusesKeyIsNoFaultOfTheClient(int status) {
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, WireMock.jsonResponse("{\"message\":\"Unauthorized\"}", status)
				.withHeader("WWW-Authenticate", "Bearer"));

			Gateway.Response response = gateway.get(path(endpoint));

			Problems.check(response, 502, Problems.OWN + "upstream-credentials-refused");
			assertThat(response.headers().containsHeader("WWW-Authenticate")).isFalse();
			assertForwarded(response, endpoint, status);
			clock.advance(PROBE_INTERVAL);
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			42, 7, 42
			'', 7, 7
			'', none, 60
			0, 7, 1
			99999, 7, 3600
			soon, none, 60
			""")
	void requestWhenUpstreamLimitsRateGetsRetryAfter(String header, String inBody, String expected) {
		ResponseDefinitionBuilder answer = WireMock
			.jsonResponse("{\"error\":\"rate_limit_exceeded\",\"retry_after\":\"%s\"}".formatted(inBody), 429);
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, header.isEmpty() ? answer : answer.withHeader("Retry-After", header));

			Gateway.Response response = gateway.get(path(endpoint));

			JsonNode problem = Problems.check(response, 503,
					"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
			assertThat(response.header("Retry-After")).isEqualTo(expected);
			assertThat(problem.path("retry_after").asString()).isEqualTo(expected);
			assertThat(problem.path("retryAfterSeconds").asString()).isEqualTo(expected);
			assertForwarded(response, endpoint, 429);
			clock.advance(Duration.ofSeconds(Long.parseLong(expected)));
		}
	}

	@Test
	void requestWhenUpstreamSendsADateGetsSecondsByUpstreamsOwnClock() {
		upstream.answer(Endpoint.FILLS,
				WireMock.status(429)
					.withHeader("Date", "Mon, 02 Nov 2026 10:10:00 GMT")
					.withHeader("Retry-After", "Mon, 02 Nov 2026 10:10:30 GMT"));

		assertThat(gateway.get(path(Endpoint.FILLS)).header("Retry-After")).isEqualTo("30");
	}

	@ParameterizedTest
	@ValueSource(ints = { 201, 204, 206, 300, 304, 402, 405, 409, 410, 418, 500, 501, 505, 599 })
	void requestWhenUpstreamAnswersWithAnyOtherStatusIsBadGatewayAfterOneCall(int status) {
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, WireMock.status(status));

			Gateway.Response response = gateway.get(path(endpoint));

			Problems.check(response, 502, Problems.OWN + "upstream-failed");
			assertForwarded(response, endpoint, status);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 502, 503, 504 })
	void requestWhenUpstreamFailsAsIfByChanceIsBadGatewayAfterTwoCalls(int status) {
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, WireMock.status(status));

			Gateway.Response response = gateway.get(path(endpoint));

			Problems.check(response, 502, Problems.OWN + "upstream-failed");
			assertThat(response.header("Cache-Status")).endsWith("; fwd=uri-miss; fwd-status=" + status);
			assertThat(upstream.calls(endpoint)).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@MethodSource("garbage")
	void requestWhenUpstreamSendsGarbageIsBadGatewayAndNothingIsStored(String name, ResponseDefinitionBuilder answer) {
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, answer);
			Gateway.Response response = gateway.get(path(endpoint));
			Problems.check(response, 502, Problems.OWN + "upstream-failed");
			assertForwarded(response, 200);
			assertThat(upstream.calls(endpoint)).as(name).isEqualTo(1);

			upstream.reset();
			clock.advance(BACKOFF);
			assertThat(gateway.get(path(endpoint)).status()).isEqualTo(200);
			assertThat(upstream.calls(endpoint)).isEqualTo(1);
		}
	}

	static Stream<Arguments> garbage() {
		Stream<String> bodies = Stream.of("", "null", "[]", "{}", "{\"error\":\"x\"}", "<html>Sorry</html>",
				"{\"fills\":[1],\"items\":[1],\"heatmap\":[1]", "{\"fills\":[],\"items\":[],\"heatmap\":[]}{}",
				"{\"fills\":{},\"items\":1,\"heatmap\":null}",
				"{\"fills\":[],\"items\":[],\"heatmap\":[],\"heatmap\":[],\"items\":[],\"fills\":[]}",
				"{\"fills\":[%1$s],\"items\":[%1$s],\"heatmap\":[%1$s]}"
					.formatted("[".repeat(5_000) + "]".repeat(5_000)));
		byte[] invalid = "{\"fills\":[\"?\"],\"items\":[\"?\"],\"heatmap\":[\"?\"]}".replace('?', '\u00ff')
			.getBytes(StandardCharsets.ISO_8859_1);
		String good = "{\"fills\":[],\"items\":[],\"heatmap\":[]}";
		return Stream.concat(bodies.map((body) -> Arguments.of(body, WireMock.okJson(body))),
				Stream.of(
						Arguments.of("no UTF-8",
								WireMock.ok().withHeader("Content-Type", "application/json").withBody(invalid)),
						Arguments.of("UTF-16", WireMock.okJson(good).withBody(good.getBytes(StandardCharsets.UTF_16))),
						Arguments.of("as HTML", WireMock.okForContentType("text/html", good)),
						Arguments.of("as nothing known", WireMock.okForContentType("no media type", good))));
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void requestWhenConnectionFailsIsBadGatewayAfterTwoCalls(Fault fault) {
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, WireMock.aResponse().withFault(fault));

			Gateway.Response response = gateway.get(path(endpoint));
			Problems.check(response, 502, Problems.OWN + "upstream-failed");
			assertThat(response.header("Cache-Status")).startsWith("hypertracker-gateway; fwd=uri-miss");
			assertThat(upstream.calls(endpoint)).isEqualTo(2);
		}
	}

	@Test
	void problemWhenManyWaitIsSentToAllAndCostsOneCall() {
		upstream.answer(Endpoint.RISK, WireMock.status(500).withFixedDelay(1_000));

		List<Gateway.Response> responses = gateway.getAll(20, path(Endpoint.RISK));

		assertThat(responses).allSatisfy((response) -> Problems.check(response, 502, Problems.OWN + "upstream-failed"));
		assertThat(responses).extracting((response) -> response.json().path("requestId").asString())
			.doesNotHaveDuplicates();
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	private void assertForwarded(Gateway.Response response, Endpoint endpoint, int status) {
		assertForwarded(response, status);
		assertThat(upstream.calls(endpoint)).isEqualTo(1);
		assertThat(Arrays.stream(Endpoint.values()).mapToInt(upstream::calls).sum())
			.isEqualTo(API.indexOf(endpoint) + 1);
	}

	private static void assertForwarded(Gateway.Response response, int status) {
		assertThat(response.header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=uri-miss; fwd-status=" + status);
	}

	private static String path(Endpoint endpoint) {
		return switch (endpoint) {
			case FILLS -> "/api/external/fills/liquidation";
			case RISK -> "/api/external/5/assets/liquidation-risk?limit=10";
			case HEATMAP, DOWNLOAD -> "/api/external/exports/coins/BTC/liquidation-heatmap";
			default -> throw new IllegalArgumentException(endpoint + " is not built in");
		};
	}

}
