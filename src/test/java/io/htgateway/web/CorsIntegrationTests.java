package io.htgateway.web;

import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CORS headers for pages of allowed and other origins.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = "gateway.cors.allowed-origins=https://dashboard.example,https://other.example:8443")
class CorsIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=2";

	private static final String ORIGIN = "https://dashboard.example";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@ValueSource(strings = { ORIGIN, "https://other.example:8443" })
	void missAndHitsOfAllowedOriginMayBeReadWithTheirHeaders(String origin) {
		for (int request = 0; request < 3; request++) {
			Gateway.Response response = gateway.get(RISK, "Origin", origin);

			assertThat(response.status()).isEqualTo(200);
			assertMayBeRead(response, origin);
			assertThat(response.header("Vary")).isEqualTo("Accept-Encoding, Origin");
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void hitOfAllowedOriginMayBeReadThoughReplayForNobodyIsAtHand() {
		gateway.get(RISK);
		Gateway.Response nobody = ways.get(RISK);

		assertMayBeRead(gateway.get(RISK, "Origin", ORIGIN), ORIGIN);
		assertThat(nobody.header("Vary")).isEqualTo("Accept-Encoding, Origin");
		assertIsNotMarked(nobody);
		assertIsNotMarked(ways.shortWay("GET", RISK));
	}

	@ParameterizedTest
	@ValueSource(strings = { ORIGIN, "https://other.example:8443", "https://evil.example", "null" })
	void hitIsTheSameOnTheShortWay(String origin) {
		String etag = gateway.get(RISK).header("ETag");

		ways.get(RISK, "Origin", origin);
		ways.get(RISK, "Origin", origin, "If-None-Match", etag);
		ways.both("HEAD", RISK, "Origin", origin, "Accept-Encoding", "gzip");
		ways.get(RISK, "Origin", origin, "Origin", ORIGIN);
	}

	@Test
	void notModifiedOfAllowedOriginMayBeRead() {
		String etag = gateway.get(RISK).header("ETag");
		Gateway.Response response = gateway.get(RISK, "Origin", ORIGIN, "If-None-Match", etag);

		assertThat(response.status()).isEqualTo(304);
		assertMayBeRead(response, ORIGIN);
		assertThat(response.header("Vary")).isEqualTo("Accept-Encoding, Origin");
	}

	@Test
	void problemOfAllowedOriginMayBeRead() {
		Gateway.Response response = gateway.get(RISK + "&a=1", "Origin", ORIGIN);

		Problems.check(response, 400, Problems.OWN + "invalid-parameters");
		assertMayBeRead(response, ORIGIN);
		assertThat(response.header("Vary")).isEqualTo("Origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "http://dashboard.example",
			"https://dashboard.example.evil.example", "https://dashboard.example:444", "null", "not an origin" })
	void answersToOtherOriginsAreNotMarked(String origin) {
		gateway.get(RISK);
		for (String target : List.of(RISK, RISK + "&a=1")) {
			Gateway.Response response = gateway.get(target, "Origin", origin);

			assertIsNotMarked(response);
			assertThat(response.header("Vary")).endsWith("Origin");
		}
	}

	@Test
	void preflightOfAllowedOriginAllowsTokensAndValidatorsWithoutACall() {
		Gateway.Response response = preflight(ORIGIN, "GET", "authorization,if-none-match,x-api-key");

		assertThat(response.status()).isEqualTo(204);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
		assertThat(response.header("Access-Control-Allow-Methods").split(", ?")).containsExactlyInAnyOrder("GET",
				"HEAD");
		assertThat(response.header("Access-Control-Allow-Headers").split(", ?")).contains("Authorization", "X-API-Key",
				"If-None-Match");
		assertThat(response.header("Access-Control-Max-Age")).isEqualTo("3600");
		assertThat(response.header("Vary")).isEqualTo("Origin");
		assertThat(response.headers().containsHeader("Access-Control-Allow-Credentials")).isFalse();
		assertThat(upstream.calls(Endpoint.RISK)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.example, GET, authorization", "null, GET, authorization",
			"https://dashboard.example, DELETE, authorization", "https://dashboard.example, GET, x-unknown",
			"https://dashboard.example, GET, 'authorization,x-unknown'" })
	void preflightOfWhatIsNotAllowedIsRefusedAsAnyOtherMethod(String origin, String method, String headers) {
		Gateway.Response response = preflight(origin, method, headers);

		Problems.check(response, 405, "about:blank");
		assertThat(response.headers().containsHeader("Access-Control-Allow-Methods")).isFalse();
		assertThat(response.headers().containsHeader("Access-Control-Allow-Headers")).isFalse();
	}

	@Test
	void optionsWithoutOriginIsRefused() {
		Problems.check(gateway.send("OPTIONS", RISK).join(), 405, "about:blank");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /a|b HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a@b\r\n" })
	void problemOfARequestThatGoesNoFurtherMayBeReadByAllowedOriginOnly(String request) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(request + "Origin: " + ORIGIN + "\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 400 ")
				.containsIgnoringCase("\r\nAccess-Control-Allow-Origin: " + ORIGIN + "\r\n")
				.containsIgnoringCase("\r\nVary: Origin\r\n");
			client.send(request + "Origin: https://evil.example\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 400 ")
				.doesNotContainIgnoringCase("Access-Control-")
				.containsIgnoringCase("\r\nVary: Origin\r\n");
		}
	}

	@Test
	void managementPortIsNotForPages() {
		assertIsNotMarked(gateway.actuator("/health"));
	}

	private Gateway.Response preflight(String origin, String method, String headers) {
		return gateway
			.send("OPTIONS", RISK, "Origin", origin, "Access-Control-Request-Method", method,
					"Access-Control-Request-Headers", headers)
			.join();
	}

	private static void assertMayBeRead(Gateway.Response response, String origin) {
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(origin);
		assertThat(response.header("Access-Control-Expose-Headers").split(", ?")).contains("ETag", "Age",
				"Cache-Status", "Retry-After");
	}

	private static void assertIsNotMarked(Gateway.Response response) {
		assertThat(response.headers().headerNames()).noneMatch((name) -> name.startsWith("access-control-"));
	}

}
