package io.htgateway.upstream;

import java.time.Duration;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.Problems;
import io.htgateway.testing.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of responses that HyperTracker may give, and of unusual ones from a server that
 * may be HyperTracker: other calls continue, and no log line blames the base URL.
 */
@RunningGateway
@Import(OtherServer.Configured.class)
@ExtendWith(OutputCaptureExtension.class)
class UnusualResponseIntegrationTests extends OtherServerFixture {

	@ParameterizedTest
	@ValueSource(strings = { "401 Unauthorized", "403 Forbidden", "405 Not Allowed", "406 No", "410 Gone", "451 No" })
	void pagesThatRefuseRequestsStopNoOtherEndpointAndAreShownInHealth(String status, CapturedOutput output) {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 " + status + "\nContent-Type: application/json\n\n" + PAGE);
		for (int limit = 2; limit <= 6; limit++) {
			Problems.check(gateway.get(FILLS + limit), 502, Problems.OWN + "upstream-failed");
		}
		assertThat(warnings(output)).satisfiesExactly(
				(warning) -> assertThat(warning).contains(status.substring(0, 3) + " with a web page", "firewall")
					.doesNotContain("base-url", "doctype"),
				(lasting) -> assertThat(lasting)
					.contains("(gateway.upstream.base-url) keeps", "endpoint=fills", "firewall")
					.doesNotContain("doctype"));
		assertThat(health()).isEqualTo("wrong-upstream:blocked");
		assertThat(server.targets()).hasSize(3);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"items\":[]}");

		assertThat(gateway.get(RISK).status()).isEqualTo(200);
	}

	@Test
	void pagesThatRefuseAnEndpointCloseItUntilAProbeIsAnswered() {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 403 Forbidden" + HTML + PAGE);
		for (int limit = 2; limit <= 6; limit++) {
			Problems.check(gateway.get(FILLS + limit), 502, Problems.OWN + "upstream-failed");
		}
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"items\":[]}");
		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		assertThat(gateway.get(FILLS + 7).status()).isEqualTo(502);
		assertThat(server.targets()).hasSize(1);
		server.isHyperTracker();
		clock.advance(Duration.ofMinutes(1));

		assertThat(gateway.get(FILLS + 7).status()).isEqualTo(200);
		assertThat(gateway.get(FILLS + 8).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "JSON; charset=utf-8", "text/json", "application/vnd.api+json" })
	void responseWithAnUnusualTypeOfJsonIsData(String type) {
		server.answers("HTTP/1.1 200 OK\nContent-Type: " + type + "\n\n{\"items\":[]}");

		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		assertThat(health()).isEmpty();
	}

	@Test
	void pageThatRefusesTheFirstRequestBlamesNoUrl(CapturedOutput output) {
		server.answers("HTTP/1.1 403 Forbidden" + HTML + PAGE);

		Problems.check(gateway.get(FILLS + 1), 502, Problems.OWN + "upstream-failed");

		assertThat(warnings(output)).singleElement().asString().contains("403").doesNotContain("base-url");
		assertThat(health()).isEqualTo("wrong-upstream:blocked");
	}

	@Test
	void otherJsonOfOneEndpointBeforeAnyCorrectResponseStopsNoOther() {
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
	void otherJsonOfTwoEndpointsBeforeAnyCorrectResponseStopsAll() {
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"records\":[]}");
		gateway.get(FILLS + 1);
		gateway.get(FILLS + 2);
		gateway.get(FILLS + 3);
		gateway.get(RISK);

		assertThat(gateway.get(HEATMAP).status()).isEqualTo(502);
		assertThat(server.targets()).hasSize(4);
	}

	@Test
	void certainSignAfterAnUnusualResponseIsLoggedAsAWarning(CapturedOutput output) {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"status\":\"ok\"}");
		gateway.get(FILLS + 2);
		server.answers("HTTP/1.1 200 OK" + HTML + PAGE);
		gateway.get(FILLS + 3);

		assertThat(warnings(output)).satisfiesExactly((warning) -> assertThat(warning).doesNotContain("base-url"),
				(wrong) -> assertThat(wrong).contains("gateway.upstream.base-url", "200 with a web page"));
	}

	@Test
	void secondUnusualResponseOfAProvenServerBlamesNoUrl(CapturedOutput output) {
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
	void dataWithMoreOrLessThanUsualIsReturnedUnchanged(String body, CapturedOutput output) {
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
	void unusualResponseForOneCoinOfAProvenServerStopsNoOther() {
		gateway.get(FILLS + 1);
		server.answers(NOT_FOUND);
		for (String coin : List.of("A", "B", "C", "D", "E")) {
			assertThat(gateway.get(HEATMAP.replace("BTC", coin)).status()).isEqualTo(502);
		}
		assertThat(server.targets()).hasSize(5);
		assertThat(health()).isEqualTo("wrong-upstream:not-found");
		server.isHyperTracker();

		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(200);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"heatmap\":[]}");
		assertThat(gateway.get(HEATMAP).status()).isEqualTo(200);
		assertThat(health()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "200 OK\\nContent-Type: application/json\\n\\n{\"status\":1}|other-json|without the array fills",
					"200 OK\\nContent-Type: application/json\\n\\n{\"fills\":|other-json|not complete JSON",
					"200 OK\\nContent-Length: 0\\n\\n|empty|200 with an empty body",
					"204 No\\n\\n|empty|204 with an empty body",
					"206 No\\nContent-Type: application/json\\n\\n{}|other-status|206 with application/json" })
	void threeOddAnswersInARowOfAnEndpointStopItAndAreShownInHealthAndAlert(String answer, String reason, String words,
			CapturedOutput output) {
		gateway.get(FILLS + 1);
		server.answers("HTTP/1.1 " + answer.translateEscapes());
		gateway.get(FILLS + 2);
		gateway.get(FILLS + 3);
		assertThat(warnings(output)).singleElement().asString().contains(words).doesNotContain("base-url");
		assertThat(health()).isEmpty();
		assertThat(gauge()).isEqualTo("0.0");

		for (int limit = 4; limit <= 8; limit++) {
			assertThat(gateway.get(FILLS + limit).status()).isEqualTo(502);
		}
		assertThat(server.targets()).hasSize(3);
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"items\":[]}");
		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		clock.advance(Duration.ofSeconds(40));
		assertThat(gateway.get(RISK.replace("/5/", "/6/")).status()).isEqualTo(200);

		assertThat(warnings(output)).hasSize(2)
			.last()
			.asString()
			.contains("(gateway.upstream.base-url) keeps", "endpoint=fills host=127.0.0.1 port=" + port(), words);
		assertThat(health()).isEqualTo("wrong-upstream:" + reason);
		assertThat(gauge()).isEqualTo("1.0");
		server.isHyperTracker();
		clock.advance(Duration.ofSeconds(20));
		assertThat(gateway.get(FILLS + 9).status()).isEqualTo(200);
		assertThat(health()).isEmpty();
		assertThat(gauge()).isEqualTo("0.0");
		assertThat(output).containsOnlyOnce("Upstream answers as HyperTracker does: failed=3");
	}

	@Test
	void unusualResponsesWithCorrectOnesBetweenThemStopNothing(CapturedOutput output) {
		for (int round = 1; round <= 5; round++) {
			server.isHyperTracker();
			assertThat(gateway.get(FILLS + (10 * round)).status()).isEqualTo(200);
			server.answers("HTTP/1.1 204 No Content\n\n");
			gateway.get(FILLS + (10 * round + 1));
			gateway.get(FILLS + (10 * round + 2));
			assertThat(server.targets()).hasSize(2);
		}

		assertThat(warnings(output)).singleElement().asString().doesNotContain("base-url");
		assertThat(health()).isEmpty();
	}

	@Test
	void otherServerOfOneEndpointIsDetectedWhileAnotherEndpointWorks(CapturedOutput output) {
		for (int round = 1; round <= 6; round++) {
			server.answers("HTTP/1.1 200 OK" + JSON + "{\"items\":[]}");
			assertThat(gateway.get(RISK.replace("/5/", "/" + round + "/")).status()).isEqualTo(200);
			server.answers("HTTP/1.1 200 OK" + HTML + PAGE);
			assertThat(gateway.get(FILLS + round).status()).isEqualTo(502);
			assertThat(server.targets()).hasSize((round <= 3) ? 1 : 0);
		}
		server.answers("HTTP/1.1 200 OK" + JSON + "{\"items\":[]}");
		gateway.get(RISK.replace("/5/", "/7/"));

		assertThat(health()).isEqualTo("wrong-upstream:web-page");
		assertThat(gauge()).isEqualTo("1.0");
		assertThat(warnings(output)).singleElement().asString().contains("gateway.upstream.base-url");
	}

}
