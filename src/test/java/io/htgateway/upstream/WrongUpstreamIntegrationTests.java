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
				"a link that may not be followed: its host is not allowed");
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
				arguments(FILLS + 13, "SSH-2.0-OpenSSH_9.9\n\n", "not-http", "its answer is not HTTP"),
				arguments(FILLS + 14, "\u0015\u0003\u0003\u0000\u0002\u0002P", "not-http", "write https://"));
	}

	@Test
	void coinThatHyperTrackerDoesNotKnowIsNotFoundAndNoSign(CapturedOutput output) {
		server.answers("HTTP/1.1 404 Not Found" + JSON + "{\"statusCode\":404,\"message\":\"Coin not found\"}");

		Problems.check(gateway.get(HEATMAP), 404, Problems.OWN + "upstream-rejected");

		assertThat(warnings(output)).isEmpty();
		assertThat(health()).isEmpty();
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
