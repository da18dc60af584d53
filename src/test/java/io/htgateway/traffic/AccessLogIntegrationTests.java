package io.htgateway.traffic;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each request of a client is logged in one line.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class AccessLogIntegrationTests {

	private static final String PATH = "/api/external/7/assets/liquidation-risk";

	private static final String ROUTE = "/api/external/{segmentId}/assets/liquidation-risk";

	private static final String ID = "requestId=[0-9a-f]{8}-h?[0-9]+";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@Test
	void hitIsToldInTheSameWordsOnBothWays(CapturedOutput output) {
		String target = PATH + "?limit=3&offset=1";
		gateway.get(target);
		clock.advance(Duration.ofSeconds(42));
		ways.longWay("GET", target);
		ways.shortWay("GET", target);

		List<String> lines = lines(output, PATH, 3);

		assertThat(lines.getFirst()).contains(" outcome=miss age=0 ");
		assertThat(lines.subList(1, 3)).allSatisfy((line) -> assertThat(line)
			.matches(".* INFO .*io\\.htgateway\\.access +: " + ID + " client=127\\.0\\.0\\.1 method=GET path=" + PATH
					+ " route=" + ROUTE.replace("{", "\\{") + " status=200 outcome=hit age=42 durationMs=[0-9.E-]+"));
		assertThat(output).doesNotContain("offset=1");
	}

	@Test
	void linesOfOneConnectionHaveIdsOfTheirOwn(CapturedOutput output) {
		for (int request = 0; request < 5; request++) {
			gateway.get(PATH + "?limit=2");
		}

		assertThat(lines(output, PATH, 5)).extracting((line) -> line.replaceAll(".*requestId=(\\S+) .*", "$1"))
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GET  | /api/external/99/assets/liquidation-risk | route={ROUTE} status=400 outcome=invalid duration
			POST | /api/external/9/assets/liquidation-risk  | liquidation-risk status=405 outcome=invalid duration
			GET  | /nothing/here                            | status=404 outcome=invalid duration
			GET  | /v3/api-docs                             | route=/v3/api-docs status=200 duration
			GET  | /api/external/15/ass%65ts                | path=/api/external/15/ass%65ts status=400 outcome=invalid
			""")
	void requestThatIsNoHitIsToldToo(String method, String target, String expected, CapturedOutput output) {
		gateway.send(method, target).join();

		assertThat(lines(output, "path=" + target, 1)).singleElement()
			.asString()
			.contains("method=" + method, expected.replace("{ROUTE}", ROUTE));
	}

	@Test
	void requestThatFailsIsToldByIdOfItsProblem(CapturedOutput output) {
		upstream.answer(Endpoint.RISK, WireMock.serverError());

		String id = gateway.get(PATH + "?limit=3").json().path("requestId").asString();

		assertThat(lines(output, PATH, 1)).singleElement()
			.asString()
			.contains("requestId=" + id + " ", " status=502 outcome=failed durationMs=");
	}

	@Test
	void targetThatIsNoUriIsToldWithoutWhatCouldForgeLines(CapturedOutput output) {
		gateway.raw("GET", "/forged\u001b[31m\u0085|status=200");

		assertThat(lines(output, "path=/forged", 1)).singleElement()
			.asString()
			.contains("path=/forged%1B[31m%", "|status=200 status=400 outcome=invalid");
	}

	@ParameterizedTest
	@CsvSource({ "foo bar, 400, method=- path=-", "/{LONG}, 414, method=- path=-",
			"/long-header HTTP/1.1{CRLF}Long: {LONG}, 431, method=GET path=/long-header" })
	void requestThatIsNoHttpIsToldToo(String target, int status, String expected, CapturedOutput output) {
		String sent = target.replace("{CRLF}", "\r\n").replace("{LONG}", "a".repeat(9_000));

		assertThat(gateway.raw("GET", sent)).startsWith("HTTP/1.1 " + status);

		assertThat(lines(output, "status=" + status, 1)).singleElement()
			.asString()
			.matches(".*requestId=[0-9a-f]{8}-x client=127\\.0\\.0\\.1 .*")
			.contains(expected + " status=" + status + " outcome=invalid durationMs=");
	}

	@Test
	void requestOnManagementPortIsNotTold(CapturedOutput output) {
		gateway.actuator("/health");
		gateway.get(PATH);

		lines(output, PATH, 1);
		assertThat(output).doesNotContain("path=/actuator");
	}

	private static List<String> lines(CapturedOutput output, String part, int count) {
		Awaitility.await().until(() -> find(output, part).size() >= count);
		assertThat(find(output, part)).hasSize(count);
		return find(output, part);
	}

	private static List<String> find(CapturedOutput output, String part) {
		return output.getOut()
			.lines()
			.filter((line) -> line.contains("io.htgateway.access") && line.contains(part))
			.toList();
	}

}
