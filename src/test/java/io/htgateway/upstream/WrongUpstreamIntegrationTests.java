package io.htgateway.upstream;

import java.time.Duration;
import java.util.stream.Stream;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.Problems;
import io.htgateway.testing.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests of a base URL that leads to another server: no caller is blamed, operators get
 * one warning, and the plan is not used up.
 */
@RunningGateway
@Import(OtherServer.Configured.class)
@ExtendWith(OutputCaptureExtension.class)
class WrongUpstreamIntegrationTests extends OtherServerFixture {

	@ParameterizedTest
	@MethodSource("answers")
	void requestWhenAnotherServerAnswersIsBadGatewayAndLoggedOnce(String target, String answer, String reason,
			String words, CapturedOutput output) {
		server.answers(answer);

		Gateway.Response response = gateway.get(target);
		gateway.get(target);
		clock.advance(Duration.ofSeconds(2));
		gateway.get(target);

		Problems.check(response, 502, Problems.OWN + "upstream-failed");
		assertThat(response.json().path("detail").asString()).containsAnyOf("operators must check its upstream",
				"a link that may not be followed: its host is not in gateway.downloads.allowed-hosts",
				"a body without the array ", "a body that is not one JSON object", "a body that is not complete JSON",
				"neither a heatmap nor a link to one");
		assertThat(server.targets()).hasSize(2);
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("gateway.upstream.base-url", "host=127.0.0.1 port=" + port(), words)
			.doesNotContain("canary", "state=", "doctype");
		assertThat(health()).isEqualTo("wrong-upstream:" + reason);
		assertThat(gauge()).isEqualTo("1.0");
		assertThat(gateway.get(target, "Cache-Control", "only-if-cached").status()).isEqualTo(504);
	}

	static Stream<Arguments> answers() {
		String route = "{\"statusCode\":404,\"message\":\"Cannot GET {target}\",\"error\":\"Not Found\"}";
		String unknown = "{\"statusCode\":404,\"message\":\"Not found\",\"error\":\"Not Found\"}";
		String found = "HTTP/1.1 302 Found\nContent-Length: 0\nLocation: ";
		String ok = "HTTP/1.1 200 OK";
		String login = "https://login.example.com/authorize?state=canary";
		return Stream.of(arguments(FILLS + 1, NOT_FOUND, "not-found", "404 with text/html"),
				arguments(RISK, NOT_FOUND, "not-found", "404 with text/html"),
				arguments(HEATMAP, NOT_FOUND, "not-found", "404 with text/html"),
				arguments(FILLS + 2, "HTTP/1.1 404 Not Found\nContent-Length: 0\n\n", "not-found",
						"404 with a body without a Content-Type"),
				arguments(FILLS + 3, "HTTP/1.1 404 Not Found" + JSON + unknown, "not-found",
						"404 for /api/external/fills/liquidation"),
				arguments(RISK, "HTTP/1.1 404 Not Found" + JSON + unknown, "not-found",
						"404 for /api/external/{segmentId}/assets/liquidation-risk"),
				arguments(HEATMAP, "HTTP/1.1 404 Not Found" + JSON + route, "not-found",
						"404 for /api/external/exports/coins/{coin}/liquidation-heatmap"),
				arguments(HEATMAP, "HTTP/1.1 404 Not Found" + JSON + "{}", "not-found", "404 with application/json"),
				arguments(HEATMAP, "HTTP/1.1 404 Not Found" + JSON + "[1]", "not-found", "404 with application/json"),
				arguments(FILLS + 4, "HTTP/1.1 400 Bad Request" + HTML + PAGE, "not-json", "400 with text/html"),
				arguments(FILLS + 5, "HTTP/1.1 422 No" + HTML + PAGE, "not-json", "422 with text/html"),
				arguments(FILLS + 6,
						"HTTP/1.1 400 Bad Request" + HTML
								+ "<center>The plain HTTP request was sent to HTTPS port</center>",
						"tls-expected", "write https://"),
				arguments(FILLS + 7, "HTTP/1.0 400 Bad Request\n\nClient sent an HTTP request to an HTTPS server.\n",
						"tls-expected", "write https://"),
				arguments(FILLS + 8, ok + HTML + PAGE, "web-page", "200 with a web page"),
				arguments(RISK, ok + HTML + PAGE, "web-page", "200 with a web page"),
				arguments(HEATMAP, ok + HTML + PAGE, "web-page", "200 with a web page"),
				arguments(FILLS + 9, ok + JSON + "\n " + PAGE, "web-page", "200 with a web page"),
				arguments(FILLS + 10, ok + "\nContent-Type: text/plain\n\nok", "not-json", "200 with text/plain"),
				arguments(FILLS + 11, found + login + "\n\n", "redirect", "the host login.example.com (302)"),
				arguments(RISK, found + login + "\n\n", "redirect", "the host login.example.com (302)"),
				arguments(HEATMAP, found + login + "\n\n", "redirect", "the host login.example.com (302)"),
				arguments(HEATMAP, found + "https://127.0.0.1:8443{target}\n\n", "redirect", "write https://"),
				arguments(FILLS + 12, found + "/login?state=canary\n\n", "redirect", "another path of the same host"),
				arguments(FILLS + 20, ok + JSON + "{\"status\":\"ok\"}", "other-json",
						"200 with a body without the array fills"),
				arguments(RISK, ok + JSON + "{\"status\":\"ok\"}", "other-json",
						"200 with a body without the array items"),
				arguments(HEATMAP, ok + JSON + "{\"status\":\"ok\"}", "other-json", "200 with neither a heatmap nor"),
				arguments(FILLS + 21, ok + JSON + "{\"code\":404,\"message\":\"no Route matched\"}", "other-json",
						"as another API does, or a proxy that reports its errors with 200"),
				arguments(RISK, ok + JSON + "{\"error\":\"unknown service\"}", "other-json", "the array items"),
				arguments(HEATMAP, ok + JSON + "{\"statusCode\":404,\"message\":\"no\"}", "other-json",
						"neither a heatmap"),
				arguments(FILLS + 22, ok + JSON + "[]", "other-json", "200 with a body that is not one JSON object"),
				arguments(RISK, ok + JSON + "\"ok\"", "other-json", "200 with a body that is not one JSON object"),
				arguments(HEATMAP, ok + JSON + "null", "other-json", "200 with a body that is not one JSON object"),
				arguments(FILLS + 23, ok + JSON + "{\"fills\":{\"a\":1}}", "other-json", "without the array fills"),
				arguments(FILLS + 30, ok + "\nContent-Length: 0\n\n", "empty",
						"200 with an empty body instead of JSON"),
				arguments(HEATMAP, ok + "\nContent-Type: application/json\nContent-Length: 0\n\n", "empty",
						"200 with an empty body instead of JSON"),
				arguments(RISK, "HTTP/1.1 204 No Content\n\n", "empty",
						"204 with an empty body instead of 200 with JSON"),
				arguments(HEATMAP, "HTTP/1.1 205 Reset Content\nContent-Length: 0\n\n", "empty",
						"205 with an empty body instead of 200 with JSON"),
				arguments(FILLS + 31, "HTTP/1.1 202 Accepted\nContent-Length: 0\n\n", "empty",
						"202 with an empty body instead of 200 with JSON"),
				arguments(FILLS + 32, "HTTP/1.1 202 Accepted" + JSON + "{\"fills\":[]}", "other-status",
						"202 with application/json instead of 200"),
				arguments(HEATMAP, "HTTP/1.1 206 Partial Content" + JSON + "{\"heatmap\":[]}", "other-status",
						"206 with application/json instead of 200"),
				arguments(RISK, "HTTP/1.1 203 Changed" + HTML + PAGE, "web-page",
						"203 with a web page instead of data"),
				arguments(FILLS + 33, "HTTP/1.1 302 Found\nContent-Length: 0\n\n", "redirect",
						"it redirects (302) without saying where to"),
				arguments(HEATMAP, "HTTP/1.1 304 Not Modified\n\n", "redirect", "it answered 304, which only"),
				arguments(RISK, "HTTP/1.1 300 Choices" + HTML + PAGE, "redirect",
						"it redirects (300) without saying where to"),
				arguments(FILLS + 34, found + "https://[login/?state=canary\n\n", "redirect",
						"it redirects to something that is not a URI (302)"),
				arguments(HEATMAP, found + "https://[login/\n\n", "redirect", "something that is not a URI (302)"),
				arguments(RISK, found + "\n\n", "redirect", "it redirects"),
				arguments(FILLS + 35, ok + JSON + "ok", "other-json", "200 with a body that is not complete JSON"),
				arguments(HEATMAP, ok + JSON + "\u00e9", "other-json", "200 with a body that is not complete JSON"),
				arguments(FILLS + 24,
						"HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"canary\"" + HTML + PAGE,
						"other-login", "401 and asks for a user and a password"),
				arguments(RISK, "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Negotiate, NTLM\nContent-Length: 0\n\n",
						"other-login", "401 and asks for a user and a password"),
				arguments(RISK,
						"HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: Basic\nContent-Length: 0\n\n",
						"proxy", "a proxy on the way asks for a password"),
				arguments(FILLS + 27, "HTTP/1.1 511 Network Authentication Required" + HTML + PAGE, "web-page",
						"511 with a web page"),
				arguments(FILLS + 13, "SSH-2.0-OpenSSH_9.9\n\n", "not-http", "its answer is not HTTP"),
				arguments(FILLS + 14, "\u0015\u0003\u0003\u0000\u0002\u0002P", "not-http", "write https://"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK\nContent-Length: 0\n\n", "204 No Content\n\n",
			"206 Part\nContent-Type: application/json\n\n{}", "302 Found\nContent-Length: 0\n\n",
			"302 Found\nContent-Length: 0\nLocation: https://[login/\n\n",
			"200 OK\nContent-Type: application/json\n\nok" })
	void responseWithoutDataThreeTimesStopsCallsToTheEndpoint(String answer) {
		server.answers("HTTP/1.1 " + answer);
		for (int limit = 1; limit <= 6; limit++) {
			assertThat(gateway.get(FILLS + limit).status()).isEqualTo(502);
		}
		assertThat(server.targets()).hasSize(3);
		server.isHyperTracker();
		clock.advance(Duration.ofMinutes(1));

		assertThat(gateway.get(FILLS + 7).status()).isEqualTo(200);
		assertThat(health()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void quarterOfADayWhenUpstreamIsWrongCostsLessThanATenthOfTheSmallestPlan(boolean proved, CapturedOutput output) {
		if (proved) {
			gateway.get(FILLS + 1);
		}
		server.answers(NOT_FOUND);
		long before = charged();
		for (int minute = 0; minute < 6 * 60; minute++) {
			assertThat(gateway.get(FILLS + (100 + minute)).status()).isEqualTo(502);
			clock.advance(Duration.ofMinutes(1));
		}

		assertThat(charged() - before).isEqualTo(server.targets().size()).isLessThan(5_000 / 30 / 4);
		assertThat(warnings(output)).hasSize(1);
	}

	@Test
	void upstreamWhenItIsCorrectAgainIsCalledAfterTheNextProbe(CapturedOutput output) {
		server.answers(NOT_FOUND);
		for (int request = 1; request <= 10; request++) {
			gateway.get(FILLS + request);
		}
		assertThat(server.targets()).hasSize(3);
		Gateway.Response refused = gateway.get(RISK);
		assertThat(refused.json().path("detail").asString())
			.isEqualTo("no call was made because the upstream does not answer as HyperTracker does;"
					+ " the gateway's operators must check its upstream");
		assertThat(refused.header("Cache-Status")).endsWith("detail=wrong-upstream");

		server.isHyperTracker();
		assertThat(gateway.get(FILLS + 20).status()).isEqualTo(502);
		clock.advance(Duration.ofMinutes(1));

		assertThat(gateway.get(FILLS + 20).status()).isEqualTo(200);
		assertThat(gateway.get(FILLS + 21).status()).isEqualTo(200);
		assertThat(health()).isEmpty();
		assertThat(gauge()).isEqualTo("0.0");
		assertThat(output).containsOnlyOnce("Upstream answers as HyperTracker does: failed=3 seconds=0");
	}

	@Test
	void upstreamWhenItIsWrongAgainIsLoggedAgain(CapturedOutput output) {
		for (int episode = 1; episode <= 2; episode++) {
			server.answers(NOT_FOUND);
			gateway.get(FILLS + episode);
			clock.advance(Duration.ofMinutes(1));
			server.isHyperTracker();
			gateway.get(FILLS + episode);
		}

		assertThat(warnings(output)).hasSize(2);
	}

}
