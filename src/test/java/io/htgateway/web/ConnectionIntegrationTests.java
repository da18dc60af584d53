package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.PriorKnowledgeClient;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Allowed and forbidden use of a connection.
 */
@SecurityTest
@GatewayTest
class ConnectionIntegrationTests {

	private static final String RISK = "/api/external/13/assets/liquidation-risk?limit=5";

	private static final String LONG_WAY = "Accept: application/json;q=0.9\r\n";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	private String body;

	@BeforeEach
	void replayIsAtHand() {
		gateway.get(RISK);
		gateway.get(RISK);
		body = new String(upstream.riskBody(13, 0, 5), StandardCharsets.UTF_8);
	}

	@Test
	void requestWhenLineIsTooLongIsRefused() {
		assertThat(raw("GET " + RISK + "&a=" + "x".repeat(8_300) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
			.startsWith("HTTP/1.1 414 ");
		assertThat(raw("GET " + RISK + "&a=" + "x".repeat(7_900) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 400 ");
	}

	@Test
	void requestWhenHeadersAreTooLargeIsRefused() {
		String many = ("X-Filler: " + "x".repeat(490) + "\r\n").repeat(17);
		assertThat(raw(get("X-Filler: " + "x".repeat(8_200) + "\r\n"))).startsWith("HTTP/1.1 431 ");
		assertThat(raw(get(many))).startsWith("HTTP/1.1 431 ");
		assertThat(raw(get("Connection: close\r\nX-Filler: " + "x".repeat(7_000) + "\r\n")))
			.startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense\r\n\r\n", "GET " + RISK + " HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
			"GET " + RISK + " HTTP/1.1\r\nHost: a\r\n b: c\r\n\r\n",
			"GET " + RISK + " HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
			"GET " + RISK + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
			"GET " + RISK + " HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n" })
	void requestWhenBrokenIsRefusedOrCutOff(String request) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(request);
			assertThat(client.readToEnd()).doesNotContain("HTTP/1.1 200 ", "totalCount");
		}
		assertThat(gateway.get(RISK).text()).isEqualTo(body);
	}

	@Test
	void connectionWhenRequestsAreSentAheadAnswersInOrderOnBothPaths() {
		String other = RISK.replace("/13/", "/14/");
		upstream.delay(Endpoint.RISK, Duration.ofMillis(300));
		String otherBody = new String(upstream.riskBody(14, 0, 5), StandardCharsets.UTF_8);
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get("") + get(LONG_WAY) + "GET " + other + " HTTP/1.1\r\nHost: a\r\n\r\n" + get("") + "GET "
					+ RISK + "&a=1 HTTP/1.1\r\nHost: a\r\n\r\n" + get("If-None-Match: \"a\"\r\n") + get(LONG_WAY)
					+ "GET " + other + " HTTP/1.1\r\nHost: a\r\n\r\n" + get(""));

			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(otherBody);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			assertThat(client.read()).startsWith("HTTP/1.1 400 ");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(otherBody);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@Test
	void connectionWhenHundredsOfHitsAreSentAheadAnswersAll() {
		try (RawClient client = RawClient.of(gateway)) {
			client.send((get("") + get(LONG_WAY)).repeat(100));
			for (int response = 0; response < 200; response++) {
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", LONG_WAY })
	void requestWhenOfHttp10IsAnsweredAndConnectionClosed(String accept) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + RISK + " HTTP/1.0\r\n" + accept + "\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.")
				.containsPattern("\\AHTTP/1\\.[01] 200 ")
				.endsWith(body)
				.doesNotContainIgnoringCase("transfer-encoding");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", LONG_WAY })
	void requestWhenItAsksToCloseIsAnsweredAndConnectionClosed(String accept) {
		assertThat(raw(get("Connection: close\r\n" + accept))).startsWith("HTTP/1.1 200 ").endsWith(body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 11\r\n%s\r\nhello world",
			"Transfer-Encoding: chunked\r\n%s\r\n5\r\nhello\r\n0\r\n\r\n" })
	void requestWhenItHasBodyLeavesConnectionInUse(String rest) {
		try (RawClient client = RawClient.of(gateway)) {
			for (String accept : List.of("", LONG_WAY, "")) {
				client.send("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + rest.formatted(accept));
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", LONG_WAY })
	void requestWhenItExpectsToContinueIsAnswered(String accept) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get("Expect: 100-continue\r\nContent-Length: 3\r\n" + accept));
			String head = client.readHead();
			if (head.startsWith("HTTP/1.1 100 ")) {
				client.send("abc");
				head = client.readHead();
			}
			assertThat(head).startsWith("HTTP/1.1 200 ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", LONG_WAY })
	void requestWhenItHasHopByHopFieldsIsAnsweredWithoutThem(String accept) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get("Connection: X-Foo, TE\r\nX-Foo: leaked\r\nTE: trailers\r\nProxy-Connection: keep-alive\r\n"
					+ "Keep-Alive: timeout=5\r\n" + accept));
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body).doesNotContain("leaked", "X-Foo");
		}
	}

	@Test
	void hitWhenOverHttp2HasSameHeadersAndBody() {
		Gateway.Response expected = gateway.get(RISK);
		PriorKnowledgeClient client = PriorKnowledgeClient.of(gateway);
		for (String accept : List.of("*/*", "application/json;q=0.9", "*/*")) {
			Gateway.Response response = client.send("GET", RISK, "Accept", accept);

			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(expected.body());
			assertThat(headers(response)).isEqualTo(headers(expected));
		}
		Gateway.Response notModified = client.send("GET", RISK, "If-None-Match", "*");
		assertThat(notModified.status()).isEqualTo(304);
		assertThat(headers(notModified)).containsOnlyKeys("age", "cache-control", "cache-status", "date", "etag",
				"vary");
	}

	private static Map<String, String> headers(Gateway.Response response) {
		Map<String, String> headers = new TreeMap<>();
		response.headers()
			.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join("|", values)));
		return headers;
	}

	private String raw(String request) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(request);
			return client.readToEnd();
		}
	}

	private static String get(String headers) {
		return "GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
	}

}
