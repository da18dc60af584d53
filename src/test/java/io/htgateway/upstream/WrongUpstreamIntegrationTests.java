package io.htgateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.RunningGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A base URL that leads to another server: no caller is blamed, operators are told once,
 * and the plan is not spent.
 */
@RunningGateway
@Import(OtherServer.Configured.class)
@ExtendWith(OutputCaptureExtension.class)
class WrongUpstreamIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation?limit=";

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=3";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String PAGE = "<!doctype html><title>Sign in</title>";

	private static final String JSON = "\nContent-Type: application/json\n\n";

	private static final String HTML = "\nContent-Type: text/html; charset=utf-8\n\n";

	private static final String NOT_FOUND = "HTTP/1.1 404 Not Found" + HTML + PAGE;

	@Autowired
	private Gateway gateway;

	@Autowired
	private OtherServer server;

	@Autowired
	private MutableClock clock;

	@Autowired
	private CallBudget budget;

	@BeforeEach
	void serverIsHyperTracker() {
		server.isHyperTracker();
	}

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
		assertThat(response.json().path("detail").asString()).containsAnyOf("operators have to check its upstream",
				"a link that may not be followed: its host is not allowed", "a body without the array ",
				"a body that is not one JSON object", "neither a heatmap nor a link to one");
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
						"404 with a body of no type"),
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
						"as another API does or a proxy that reports errors so"),
				arguments(RISK, ok + JSON + "{\"error\":\"unknown service\"}", "other-json", "the array items"),
				arguments(HEATMAP, ok + JSON + "{\"statusCode\":404,\"message\":\"no\"}", "other-json",
						"neither a heatmap"),
				arguments(FILLS + 22, ok + JSON + "[]", "other-json", "200 with a body that is not one JSON object"),
				arguments(RISK, ok + JSON + "\"ok\"", "other-json", "200 with a body that is not one JSON object"),
				arguments(HEATMAP, ok + JSON + "null", "other-json", "200 with a body that is not one JSON object"),
				arguments(FILLS + 23, ok + JSON + "{\"fills\":{\"a\":1}}", "other-json", "without the array fills"),
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
	@ValueSource(strings = { "401 Unauthorized", "403 Forbidden", "405 Not Allowed", "406 No", "410 Gone", "451 No" })
	void pageThatRefusesARequestStopsNoOtherAndBlamesNoUrl(String status, CapturedOutput output) {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 " + status + "\nContent-Type: application/json\n\n" + PAGE);
		for (int limit = 2; limit <= 6; limit++) {
			Problems.check(gateway.get(FILLS + limit), 502, Problems.OWN + "upstream-failed");
		}
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains(status.substring(0, 3) + " with a web page", "firewall")
			.doesNotContain("base-url", "doctype");
		assertThat(health()).isEmpty();
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"items\":[]}");

		assertThat(gateway.get(RISK).status()).isEqualTo(200);
	}

	@Test
	void pageThatRefusesTheFirstRequestBlamesNoUrl(CapturedOutput output) {
		server.answers("HTTP/1.1 403 Forbidden" + HTML + PAGE);

		Problems.check(gateway.get(FILLS + 1), 502, Problems.OWN + "upstream-failed");

		assertThat(warnings(output)).singleElement().asString().contains("403").doesNotContain("base-url");
		assertThat(health()).isEqualTo("wrong-upstream:blocked");
	}

	@Test
	void otherJsonOfOneEndpointBeforeAnyRightAnswerStopsNoOther() {
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"records\":[]}");
		for (int limit = 1; limit <= 6; limit++) {
			assertThat(gateway.get(FILLS + limit).status()).isEqualTo(502);
		}
		assertThat(server.targets()).hasSize(3);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"items\":[]}");

		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		server.isHyperTracker();
		assertThat(gateway.get(FILLS + 7).status()).isEqualTo(200);
	}

	@Test
	void otherJsonOfTwoEndpointsBeforeAnyRightAnswerStopsAll() {
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"records\":[]}");
		gateway.get(FILLS + 1);
		gateway.get(FILLS + 2);
		gateway.get(FILLS + 3);
		gateway.get(RISK);

		assertThat(gateway.get(HEATMAP).status()).isEqualTo(502);
		assertThat(server.targets()).hasSize(4);
	}

	@Test
	void certainSignAfterAnOddAnswerIsLoggedAsAWarning(CapturedOutput output) {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"status\":\"ok\"}");
		gateway.get(FILLS + 2);
		server.answers("HTTP/1.1 200 OK" + HTML + PAGE);
		gateway.get(FILLS + 3);

		assertThat(warnings(output)).satisfiesExactly((odd) -> assertThat(odd).doesNotContain("base-url"),
				(wrong) -> assertThat(wrong).contains("gateway.upstream.base-url", "200 with a web page"));
	}

	@Test
	void secondOddAnswerOfAServerThatProvedRightBlamesNoUrl(CapturedOutput output) {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"status\":\"ok\"}");
		gateway.get(FILLS + 2);
		server.answers("HTTP/1.1 400 Bad Request" + HTML + PAGE);
		gateway.get(FILLS + 3);

		assertThat(warnings(output)).hasSize(1);
		assertThat(output).contains("400 with text/html").doesNotContain("base-url");
	}

	@Test
	void coinThatHyperTrackerDoesNotKnowIsNotFoundAndNoSign(CapturedOutput output) {
		server.answers("HTTP/1.1 404 Not Found" + JSON + "{\"statusCode\":404,\"message\":\"Coin not found\"}");

		Problems.check(gateway.get(HEATMAP), 404, Problems.OWN + "upstream-rejected");

		assertThat(warnings(output)).isEmpty();
		assertThat(health()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"401 Unauthorized\nContent-Type: application/json\n\n{\"statusCode\":401,\"message\":\"No\"}",
			"401 Unauthorized\nWWW-Authenticate: Bearer\nContent-Length: 0\n\n",
			"401 Unauthorized\nContent-Type: text/html\n\n{\"message\":\"Unauthorized\"}",
			"401 Unauthorized\nWWW-Authenticate: Bearer realm=\"basic\"\nContent-Type: text/plain\n\nUnauthorized",
			"401 No\nWWW-Authenticate: Basic\nContent-Type: application/json\n\n{\"error\":\"rate\",\"message\":\"No\"}",
			"403 Forbidden\nContent-Type: application/json\n\n{\"statusCode\":403,\"message\":\"Forbidden resource\"}",
			"403 Forbidden\nContent-Length: 0\n\n", "401 Unauthorized\nContent-Type: text/html\n\nInvalid API key",
			"403 Forbidden\nContent-Type: text/html\nContent-Length: 0\n\n" })
	void keyThatHyperTrackerRefusesIsNoSignOfAnotherServer(String answer, CapturedOutput output) {
		server.answers("HTTP/1.1 " + answer);

		Problems.check(gateway.get(FILLS + 1), 502, Problems.OWN + "upstream-credentials-refused");

		assertThat(output).doesNotContain("gateway.upstream.base-url");
		assertThat(health()).doesNotContain("wrong-upstream");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{\"fills\":[]}", "{\"fills\":[],\"nextCursor\":null,\"status\":\"ok\",\"message\":\"new\"}",
					"{\"statusCode\":200,\"error\":null,\"fills\":[{\"coin\":\"BTC\",\"more\":[1]}]}" })
	void dataWithMoreOrLessThanUsualIsAnsweredAsItCame(String body, CapturedOutput output) {
		server.answers("HTTP/1.1 200 OK" + JSON + body);

		Gateway.Response response = gateway.get(FILLS + 1);

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo(body);
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void jsonOfAnotherShapeIsNotStoredAndReplacesNothing(CapturedOutput output) {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"status\":\"ok\"}");
		clock.advance(Duration.ofSeconds(5));

		assertThat(gateway.get(FILLS + 1).status()).isEqualTo(502);
		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(502);
		assertThat(output).containsOnlyOnce("The upstream answered a request in a form that HyperTracker does not use");
		assertThat(health()).isEmpty();
		server.isHyperTracker();
		clock.advance(Duration.ofMinutes(1));

		assertThat(gateway.get(FILLS + 1).text()).isEqualTo("{\"fills\":[],\"nextCursor\":null}");
	}

	@Test
	void oddAnswerForOneCoinWhenHyperTrackerHasProvedRightStopsNoOther() {
		gateway.get(FILLS + 1);
		server.answers(NOT_FOUND);
		for (String coin : List.of("A", "B", "C", "D", "E")) {
			assertThat(gateway.get(HEATMAP.replace("BTC", coin)).status()).isEqualTo(502);
		}
		server.isHyperTracker();

		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(200);
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
	void upstreamWhenItIsRightAgainIsCalledAfterTheNextProbe(CapturedOutput output) {
		server.answers(NOT_FOUND);
		for (int request = 1; request <= 10; request++) {
			gateway.get(FILLS + request);
		}
		assertThat(server.targets()).hasSize(3);
		Gateway.Response refused = gateway.get(RISK);
		assertThat(refused.json().path("detail").asString())
			.isEqualTo("the upstream does not answer as HyperTracker does; the gateway's operators have to check"
					+ " its upstream");
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

	private static List<String> warnings(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.matches("\\d{4}-.* (WARN|ERROR) .*") && !line.contains("Open mode"))
			.toList();
	}

	private String port() {
		return server.origin().replaceFirst(".*:", "");
	}

	private long charged() {
		BudgetSnapshot snapshot = budget.snapshot();
		return snapshot.interactiveCalls() + snapshot.refreshCalls();
	}

	private String health() {
		assertThat(gateway.actuator("/health/readiness").status()).isEqualTo(200);
		assertThat(gateway.actuator("/health").status()).isEqualTo(200);
		return gateway.actuator("/health/upstream")
			.json()
			.path("components")
			.path("upstreamCalls")
			.path("details")
			.path("reason")
			.asString("");
	}

	private String gauge() {
		return gateway.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line.startsWith("gateway_upstream_wrong"))
			.map((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.findFirst()
			.orElse("absent");
	}

}
