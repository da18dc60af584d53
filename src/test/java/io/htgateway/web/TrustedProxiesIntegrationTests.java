package io.htgateway.web;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The headers of a trusted proxy name the client, and nothing else.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.access.trusted-proxies=127.0.0.0/8,192.0.2.0/24",
		"gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115" })
@ExtendWith(OutputCaptureExtension.class)
class TrustedProxiesIntegrationTests {

	private static final String RISK = "/api/external/6/assets/liquidation-risk?limit=3";

	private static final String[] RESEARCH = { "Authorization", "Bearer research-token" };

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Test
	void failuresAreLimitedForEachClientOfTheProxy() {
		for (int attempt = 0; attempt < 30; attempt++) {
			assertThat(attempt("203.0.113.1, 192.0.2." + attempt)).isEqualTo(401);
		}

		assertThat(attempt("203.0.113.1")).isEqualTo(429);
		assertThat(attempt("198.51.100.7, 203.0.113.1")).isEqualTo(429);
		assertThat(attempt("203.0.113.1, 203.0.113.2")).isEqualTo(401);
	}

	@Test
	void clientIsLoggedOnBothPaths(CapturedOutput output) {
		String target = "/api/external/12/assets/liquidation-risk?limit=3&offset=1";
		gateway.get(target, RESEARCH);
		ways.both("GET", target, with("X-Forwarded-For", "198.51.100.1, 203.0.113.5", "X-Forwarded-For", "192.0.2.1",
				"Forwarded", "for=198.51.100.1", "X-Real-IP", "198.51.100.1"));

		Awaitility.await().untilAsserted(() -> assertThat(hits(output, "/12/assets")).hasSize(3));
		assertThat(hits(output, "/12/assets")).allSatisfy((line) -> assertThat(line).contains(" client=203.0.113.5 "));
		assertThat(output).doesNotContain("198.51.100.1");
	}

	@Test
	void clientIsLoggedOverHttp2(CapturedOutput output) {
		PriorKnowledgeClient client = PriorKnowledgeClient.of(gateway);
		for (int time = 0; time < 2; time++) {
			assertThat(client.send("GET", RISK, with("X-Forwarded-For", "[2001:db8::7]:443")).status()).isEqualTo(200);
		}

		Awaitility.await().untilAsserted(() -> assertThat(lines(output, "client=2001:db8:0:0:0:0:0:7 ")).hasSize(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /refused|b HTTP/1.1\r\nHost: a\r\n",
			"GET /refused HTTP/1.1\r\nHost: a\r\nHost: b\r\n", "POST /refused HTTP/1.1\r\nHost: a\r\n",
			"GET /refused HTTP/1.0\r\n", "GET /refused%2e HTTP/1.1\r\nHost: a\r\n" })
	void clientOfARefusedRequestIsLogged(String request, CapturedOutput output) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(request + "X-Forwarded-For: 203.0.113.5\r\nConnection: close\r\n\r\n");
			assertThat(client.readToEnd()).containsPattern("\\AHTTP/1\\.[01] 40[0-9] ");
		}

		Awaitility.await().until(() -> lines(output, "path=/refused").findAny().isPresent());
		assertThat(lines(output, "path=/refused")).hasSize(1)
			.allSatisfy((line) -> assertThat(line).contains(" client=203.0.113.5 "));
	}

	// The proxy's own entry may be in the part that was not read.
	@Test
	void requestThatIsNotReadToItsEndIsLoggedWithTheProxy(CapturedOutput output) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET /undecoded HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.5\r\nX-Long: "
					+ "a".repeat(9_000) + "\r\nX-Forwarded-For: 203.0.113.6\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 431 ");
		}

		Awaitility.await().until(() -> lines(output, "path=/undecoded").findAny().isPresent());
		assertThat(lines(output, "path=/undecoded"))
			.allSatisfy((line) -> assertThat(line).contains(" client=127.0.0.1 "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/swagger-ui", "/webjars", "/v3/api-docs" })
	void trustedProxyOpensNothing(String prefix) {
		Gateway.Response refused = gateway.get(RISK, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Prefix", prefix,
				"X-Original-URL", prefix + "/", "Forwarded", "for=203.0.113.9;host=forged.example");

		Problems.check(refused, 401, Problems.OWN + "unauthenticated");
		assertThat(refused.everything()).doesNotContain("203.0.113.9", "forged");
		assertThat(upstream.calls(Endpoint.RISK)).isZero();
	}

	private int attempt(String forwardedFor) {
		return gateway.get(RISK, "Authorization", "Bearer wrong", "X-Forwarded-For", forwardedFor).status();
	}

	private static String[] with(String... headers) {
		return Stream.concat(Stream.of(RESEARCH), Stream.of(headers)).toArray(String[]::new);
	}

	private static Stream<String> hits(CapturedOutput output, String path) {
		return lines(output, path).filter((line) -> line.contains("outcome=hit"));
	}

	private static Stream<String> lines(CapturedOutput output, String part) {
		return output.getOut().lines().filter((line) -> line.contains("io.htgateway.access") && line.contains(part));
	}

}
