package io.htgateway.web;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.PriorKnowledgeClient;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers of an untrusted proxy change neither who may call, nor where pages link to, nor
 * the logged address.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115" })
@ExtendWith(OutputCaptureExtension.class)
class ForwardedHeadersIntegrationTests {

	private static final String RISK = "/api/external/7/assets/liquidation-risk?limit=3";

	private static final List<String> MIRRORED = List.of(RISK, "/api/external/fills/liquidation",
			"/api/external/exports/coins/BTC/liquidation-heatmap");

	private static final List<String> OPEN = List.of("/swagger-ui", "/swagger-ui/", "/webjars", "/v3/api-docs", "/",
			"/swagger-ui.html", "/favicon.ico", "http://a/swagger-ui", "/swagger-ui, /webjars", "/webjars/..");

	private static final List<String> NAMES = List.of("X-Forwarded-Prefix", "X-Original-URL", "X-Original-URI",
			"X-Rewrite-URL", "X-Forwarded-Path", "X-Forwarded-Uri", "X-Envoy-Original-Path", "X-Script-Name",
			"X-Forwarded-Context-Path", "X-Replaced-Path");

	private static final String FORGED = "203.0.113.66";

	private static final String[] EVERYTHING = { "Forwarded", "for=" + FORGED + ";host=forged.example;proto=https",
			"X-Forwarded-For", FORGED, "X-Forwarded-Host", "forged.example", "X-Forwarded-Proto", "https",
			"X-Forwarded-Port", "4443", "X-Forwarded-Ssl", "on", "X-Forwarded-Prefix", "/forged", "X-Forwarded-By",
			FORGED, "X-Real-IP", FORGED, "X-Client-IP", FORGED, "X-Cluster-Client-IP", FORGED, "True-Client-IP", FORGED,
			"CF-Connecting-IP", FORGED, "X-Original-URL", "/forged", "X-Rewrite-URL", "/forged", "X-Original-Host",
			"forged.example", "X-Forwarded-Server", "forged.example", "X-HTTP-Method-Override", "DELETE", "X-Method",
			"DELETE" };

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	static Stream<String[]> forgedPaths() {
		return NAMES.stream().flatMap((name) -> OPEN.stream().map((path) -> new String[] { name, path }));
	}

	@ParameterizedTest
	@MethodSource("forgedPaths")
	void requestWithoutTokenWhenAnotherPathIsForwardedIsRefused(String name, String path) {
		for (String target : MIRRORED) {
			Gateway.Response refused = gateway.get(target, name, path);

			assertThat(Problems.check(refused, 401, Problems.OWN + "unauthenticated").path("instance").asString())
				.isEqualTo(URI.create(target).getPath());
		}
		assertThat(calls()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/swagger-ui", "/webjars", "/v3/api-docs" })
	void requestOverHttp2WithoutTokenWhenAnotherPathIsForwardedIsRefused(String prefix) {
		for (String target : MIRRORED) {
			assertThat(PriorKnowledgeClient.of(gateway).send("GET", target, "X-Forwarded-Prefix", prefix).status())
				.isEqualTo(401);
		}
		assertThat(calls()).isZero();
	}

	@Test
	void requestWithTokenWhenAnotherPathIsForwardedIsAnsweredAsEver() {
		Gateway.Response plain = gateway.get(RISK, "Authorization", "Bearer research-token");

		Gateway.Response forged = gateway.get(RISK,
				Stream.concat(Stream.of("Authorization", "Bearer research-token"), Stream.of(EVERYTHING))
					.toArray(String[]::new));

		assertThat(forged.status()).isEqualTo(200);
		assertThat(forged.body()).isEqualTo(plain.body());
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void problemWhenAnotherPathIsForwardedNamesTheRequestedPath() {
		Gateway.Response problem = gateway.get("/api/external/99/assets/liquidation-risk",
				Stream.concat(Stream.of("Authorization", "Bearer research-token"), Stream.of(EVERYTHING))
					.toArray(String[]::new));

		assertThat(Problems.check(problem, 400, Problems.OWN + "invalid-parameters").path("instance").asString())
			.isEqualTo("/api/external/99/assets/liquidation-risk");
		assertThat(problem.everything()).doesNotContain("forged", FORGED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/swagger-ui.html", "/webjars/swagger-ui/index.html",
			"/webjars/swagger-ui/swagger-initializer.js", "/v3/api-docs", "/v3/api-docs.yaml",
			"/v3/api-docs/swagger-config", "/nothing" })
	void pageWhenEverythingIsForgedIsAsEver(String path) {
		Gateway.Response page = gateway.get(path, EVERYTHING);

		assertThat(page.everything()).doesNotContain("forged", FORGED, "4443", "https://127");
		assertThat(page.status()).isEqualTo(gateway.get(path).status());
	}

	@Test
	void acceptThatRefusesJsonWhenAnotherPathIsForwardedIsRefused() {
		Problems.check(gateway.get(RISK, "X-Forwarded-Prefix", "/x", "Accept", "application/json;q=0", "Authorization",
				"Bearer research-token"), 406, "about:blank");
	}

	@Test
	void failuresWhenEachNamesAnotherClientAreLimitedTogetherAndLogged(CapturedOutput output) {
		for (int attempt = 0; attempt < 30; attempt++) {
			assertThat(attempt(attempt).status()).isEqualTo(401);
		}

		for (int attempt = 30; attempt < 40; attempt++) {
			assertThat(attempt(attempt).status()).isEqualTo(429);
		}
		Awaitility.await().untilAsserted(() -> assertThat(lines(output, "/8/assets")).hasSize(40));
		assertThat(lines(output, "/8/assets"))
			.allSatisfy((line) -> assertThat(line).contains(" client=127.0.0.1 ").doesNotContain("198.51.100."));
	}

	@Test
	void hitsWhenTheyNameAnotherClientAreLoggedWithTheirAddress(CapturedOutput output) {
		String target = "/api/external/13/assets/liquidation-risk?limit=3&offset=1";
		gateway.get(target, "Authorization", "Bearer research-token");
		ways.both("GET", target, "Authorization", "Bearer research-token", "X-Forwarded-For", FORGED, "Forwarded",
				"for=" + FORGED);

		Awaitility.await().untilAsserted(() -> assertThat(hits(output, "/13/assets")).hasSize(3));
		assertThat(hits(output, "/13/assets")).allSatisfy((line) -> assertThat(line).contains(" client=127.0.0.1 "));
		assertThat(output).doesNotContain(FORGED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /refused|b HTTP/1.1\r\nHost: a\r\n",
			"GET /refused HTTP/1.1\r\nHost: a\r\nHost: b\r\n", "GET /refused HTTP/9.9\r\nHost: a\r\n",
			"GET /refused HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n" })
	void refusedRequestWhenItNamesAnotherClientIsLoggedWithItsAddress(String request, CapturedOutput output) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(request + "X-Forwarded-For: " + FORGED + "\r\nConnection: close\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
		}

		Awaitility.await().until(() -> lines(output, "path=/refused").findAny().isPresent());
		assertThat(lines(output, "path=/refused")).hasSize(1)
			.allSatisfy((line) -> assertThat(line).contains(" client=127.0.0.1 "));
	}

	private Gateway.Response attempt(int number) {
		String forged = "198.51.100." + number;
		return gateway.get("/api/external/8/assets/liquidation-risk", "Authorization", "Bearer wrong" + number,
				"X-Forwarded-For", forged, "Forwarded", "for=" + forged, "X-Real-IP", forged);
	}

	private int calls() {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.FILLS) + upstream.calls(Endpoint.HEATMAP);
	}

	private static Stream<String> hits(CapturedOutput output, String path) {
		return lines(output, path).filter((line) -> line.contains("outcome=hit"));
	}

	private static Stream<String> lines(CapturedOutput output, String part) {
		return output.getOut().lines().filter((line) -> line.contains("io.htgateway.access") && line.contains(part));
	}

}
