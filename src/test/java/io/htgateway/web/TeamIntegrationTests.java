package io.htgateway.web;

import java.time.Duration;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Admission of configured teams: research without a request limit, trading three times a
 * minute.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115",
		"gateway.access.teams[1].name=trading",
		"gateway.access.teams[1].token-sha256=ed28eb99f0007bf7cbf8d6c110f000eb4e76d91504dd771c45e5bad24fc81917",
		"gateway.access.teams[1].requests-per-minute=3", "gateway.access.rate-limit-headers=true" })
@ExtendWith(OutputCaptureExtension.class)
class TeamIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	private static final String RESEARCH = "Bearer research-token";

	private static final String TRADING = "Bearer trading-token";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void hitWithTokenIsAnsweredOnBothPaths() {
		gateway.get(RISK, "Authorization", RESEARCH);

		Gateway.Response hit = ways.get(RISK, "Authorization", RESEARCH);

		assertThat(hit.header("Cache-Status")).contains("; hit;");
		assertThat(hit.header("Cache-Control")).isEqualTo("private, max-age=300");
		assertThat(hit.headers().getFirst("RateLimit")).isNull();
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "Accept, */*", "Authorization, Bearer wrong", "Authorization, Basic cmVzZWFyY2gtdG9rZW4=",
			"Authorization, Bearer", "X-API-Key, wrong", "Authorization, research-token", "Authorization, Bearer a.b.c",
			"Accept, application/json;q=0" })
	void hitWithoutValidTokenIsRefusedAndRevealsNothing(String name, String value) {
		String body = gateway.get(RISK, "Authorization", RESEARCH).text();
		ways.get(RISK, "Authorization", RESEARCH);

		Gateway.Response refused = gateway.get(RISK, name, value);

		Problems.check(refused, 401, Problems.OWN + "unauthenticated");
		assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(refused.everything()).doesNotContain(body);
		assertThat(refused.headers().getFirst("ETag")).isNull();
	}

	@Test
	void hitsOfOneConnectionAreEachCheckedForTheirOwnToken() {
		gateway.get(RISK, "Authorization", RESEARCH);
		ways.get(RISK, "Authorization", RESEARCH);
		String good = "Authorization: " + RESEARCH + "\r\n";
		String byKey = "Authorization: Basic abc\r\nX-API-Key: ";
		try (RawClient client = RawClient.of(gateway)) {
			for (String refused : List.of("", "Authorization: Bearer wrong\r\n", good + "Authorization: Bearer x\r\n",
					byKey + "wrong\r\n", "X-API-Key: wrong\r\n")) {
				assertThat(status(client, good)).isEqualTo("200");
				assertThat(status(client, refused)).isEqualTo("401");
				assertThat(status(client, byKey + "research-token\r\n")).isEqualTo("200");
				assertThat(status(client, refused)).isEqualTo("401");
			}
		}
	}

	private static String status(RawClient client, String headers) {
		client.send("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
		return client.read().substring("HTTP/1.1 ".length()).substring(0, 3);
	}

	@Test
	void missWithoutTokenCostsNoCall() {
		assertThat(gateway.get(RISK).status()).isEqualTo(401);
		assertThat(gateway.head(RISK).status()).isEqualTo(401);

		assertThat(upstream.calls(Endpoint.RISK)).isZero();
	}

	@Test
	void tokenWithTwoAuthorizationHeadersIsRefused() {
		assertThat(gateway.get(RISK, "Authorization", RESEARCH, "Authorization", "Bearer wrong").status())
			.isEqualTo(401);
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, bearer research-token", "X-API-Key, research-token" })
	void tokenInOtherFormsIsTaken(String name, String value) {
		assertThat(gateway.get(RISK, name, value).status()).isEqualTo(200);
		assertThat(ways.get(RISK, name, value).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/swagger-ui.html", "/webjars/swagger-ui/index.html", "/v3/api-docs",
			"/v3/api-docs.yaml", "/v3/api-docs/swagger-config" })
	void documentationIsOpen(String path) {
		assertThat(gateway.get(path).status()).isIn(200, 302);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nothing", "/api/external/fills/liquidation", "/v3/api-docs-not", "/webjars",
			"/swagger-ui.html/x" })
	void everythingElseIsNot(String path) {
		Problems.check(gateway.get(path), 401, Problems.OWN + "unauthenticated");
	}

	@Test
	void managementPortIsNotConcerned() {
		assertThat(gateway.actuator("/health").status()).isEqualTo(200);
	}

	@Test
	void requestsOverTheLimitAreRefusedOnBothPathsUntilSomeFlowIn() {
		gateway.get(RISK, "Authorization", RESEARCH);
		gateway.get(RISK, "Authorization", TRADING);
		ways.shortWay("GET", RISK, "Authorization", TRADING);
		Gateway.Response last = ways.shortWay("GET", RISK, "Authorization", TRADING);

		Gateway.Response refused = gateway.get(RISK, "Authorization", TRADING);

		assertThat(last.header("RateLimit-Policy")).isEqualTo("\"team\";q=3;w=60");
		assertThat(last.header("RateLimit")).isEqualTo("\"team\";r=0;t=60");
		JsonNode problem = Problems.check(refused, 429,
				"https://iana.org/assignments/http-problem-types#quota-exceeded");
		assertThat(refused.header("Retry-After")).isEqualTo("20");
		assertThat(refused.header("RateLimit")).isEqualTo("\"team\";r=0;t=60");
		assertThat(problem.path("retry_after").asInt()).isEqualTo(20);
		assertThat(gateway.get(RISK, "Authorization", RESEARCH).status()).isEqualTo(200);

		clock.advance(Duration.ofSeconds(20));
		assertThat(gateway.get(RISK, "Authorization", TRADING).status()).isEqualTo(200);
		assertThat(gateway.get(RISK, "Authorization", TRADING).status()).isEqualTo(429);
	}

	@Test
	void failuresOfAnAddressAreLimitedAndGoodTokensOfItAreNot() {
		for (int attempt = 0; attempt < 30; attempt++) {
			assertThat(gateway.get(RISK, "Authorization", "Bearer wrong" + attempt).status()).isEqualTo(401);
		}

		Gateway.Response refused = gateway.get(RISK, "Authorization", "Bearer wrong");

		Problems.check(refused, 429, "https://iana.org/assignments/http-problem-types#abnormal-usage-detected");
		assertThat(refused.header("Retry-After")).isEqualTo("2");
		assertThat(gateway.get(RISK, "Authorization", RESEARCH).status()).isEqualTo(200);
		clock.advance(Duration.ofSeconds(2));
		assertThat(gateway.get(RISK, "Authorization", "Bearer wrong").status()).isEqualTo(401);
	}

	@Test
	void linesOfTheAccessLogNameTheTeamOnBothPaths(CapturedOutput output) {
		gateway.get(RISK + "1", "Authorization", RESEARCH);
		ways.get(RISK + "1", "Authorization", RESEARCH);

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(output.toString().lines().filter((line) -> line.contains(" team=research ")))
						.hasSize(4));
		assertThat(output.toString()).doesNotContain("research-token");
	}

	@Test
	void operatorsSeeRequestsAndCallsOfEachTeam() {
		JsonNode before = team("research");
		gateway.get(RISK, "Authorization", RESEARCH);
		ways.get(RISK, "Authorization", RESEARCH);

		JsonNode after = team("research");

		assertThat(difference("requests", before, after)).isEqualTo(4);
		assertThat(difference("hits", before, after)).isEqualTo(3);
		assertThat(difference("upstreamCalls", before, after)).isEqualTo(1);
		assertThat(difference("callsSaved", before, after)).isEqualTo(3);
	}

	private JsonNode team(String name) {
		return gateway.actuator("/gateway")
			.json()
			.path("teams")
			.valueStream()
			.filter((team) -> team.path("team").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static int difference(String field, JsonNode before, JsonNode after) {
		return after.path(field).asInt() - before.path(field).asInt();
	}

}
