package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests sent ahead of earlier responses, one of them the last of its connection (RFC
 * 9112 9.3.2 and 9.6).
 */
@SecurityTest
@GatewayTest
class PipelinedRequestsIntegrationTests {

	private static final String PATH = "/api/external/%d/assets/liquidation-risk?limit=5";

	private static final String UPGRADE = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";

	private static final Duration UPSTREAM_DELAY = Duration.ofMillis(20);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	// Each letter is a request of a connection: h for a hit, m for a miss.
	static Stream<Arguments> closedConnections() {
		return Stream.of("mmm", "mmh", "mhm", "mhh", "hmm", "hmh", "hhm", "hhh")
			.flatMap((word) -> IntStream.rangeClosed(0, 2)
				.boxed()
				.flatMap((last) -> Stream.of("1.1", "1.0").map((version) -> Arguments.of(word, last, version))));
	}

	@ParameterizedTest
	@MethodSource("closedConnections")
	void requestsWhenOneIsTheLastAreAnsweredUpToItInOrder(String word, int last, String version) {
		warmUp(word);
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		int before = upstream.calls(Endpoint.RISK);
		StringBuilder requests = new StringBuilder();
		for (int index = 0; index < word.length(); index++) {
			requests
				.append((index == last) ? lastOne(index + 1, version) : get(index + 1, "Accept: application/json\r\n"));
		}
		try (RawClient client = RawClient.of(gateway)) {
			client.send(requests.toString());
			for (int index = 0; index < last; index++) {
				assertThat(client.read()).startsWith("HTTP/1.1 200 ")
					.doesNotContainIgnoringCase("connection: close")
					.endsWith(body(index + 1));
			}
			assertThat(client.readHead()).startsWith("HTTP/" + version + " 200 ")
				.satisfies((head) -> assertThat(version.equals("1.0") || head.contains("connection: close")).isTrue());
			assertThat(client.readToEnd()).isEqualTo(body(last + 1));
		}
		assertThat(upstream.calls(Endpoint.RISK) - before)
			.isEqualTo(word.substring(0, last + 1).chars().filter((way) -> way == 'm').count());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Connection: close\r\nContent-Length: 3\r\n\r\nabc",
			"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
			"Connection: close\r\nExpect: 100-continue\r\n\r\n", "Content-Length: 70000\r\n\r\n",
			"Connection: x, close\r\nCache-Control: no-cache\r\n\r\n" })
	void requestsWhenTheLastIsMoreThanReadAreAllAnswered(String rest) {
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get(1, "") + get(2, "Content-Length: 3\r\n") + "abc" + get(3, "") + start(4) + rest);
			for (int number = 1; number <= 3; number++) {
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContain("close").endsWith(body(number));
			}
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").contains("connection: close");
			assertThat(client.readToEnd()).isEqualTo(body(4));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "m", "mm", "h", "hm" })
	void requestsWhenAnUpgradeFollowsAreAllAnsweredInOrder(String word) {
		warmUp(word);
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		int count = word.length();
		StringBuilder requests = new StringBuilder();
		IntStream.rangeClosed(1, count).forEach((number) -> requests.append(get(number, "")));
		requests.append(get(count + 1, UPGRADE));
		try (RawClient client = RawClient.of(gateway)) {
			client.send(requests.toString());
			for (int number = 1; number <= count; number++) {
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body(number));
			}
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body(count + 1));
		}
	}

	@Test
	void requestsWhenSomeAreRefusedAreAllAnsweredInOrder() {
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		try (RawClient client = RawClient.of(gateway)) {
			client.send(
					get(1, "") + get(2, "Cache-Control: only-if-cached\r\n") + get(1, "").replace("limit=5", "limit=0")
							+ "HEAD" + get(3, "").substring(3) + get(1, "").replace("GET", "DELETE")
							+ get(1, "").replace("/api", "/ipa") + lastOne(4, "1.1") + get(5, ""));
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body(1));
			assertThat(client.read()).startsWith("HTTP/1.1 504 ");
			assertThat(client.read()).startsWith("HTTP/1.1 400 ");
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").doesNotContain("close");
			assertThat(client.read()).startsWith("HTTP/1.1 405 ");
			assertThat(client.read()).startsWith("HTTP/1.1 404 ").doesNotContain("close");
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").contains("connection: close");
			assertThat(client.readToEnd()).isEqualTo(body(4));
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
			"GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" })
	void requestsWhenTheLastIsBrokenAreAnsweredBeforeItIsRefused(String broken) {
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get(1, "") + get(2, "") + broken);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContain("close").endsWith(body(1));
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContain("close").endsWith(body(2));
			assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
		}
	}

	@Test
	void requestsWhenBodyOfTheLastIsTooLongAreAnsweredBeforeConnectionIsClosed() {
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get(1, "") + get(2, "") + start(3) + "Transfer-Encoding: chunked\r\n\r\n20000\r\n"
					+ "x".repeat(0x20000));
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContain("close").endsWith(body(1));
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContain("close").endsWith(body(2));
			assertThat(client.readToEnd()).containsOnlyOnce("HTTP/1.1 ");
		}
	}

	@Test
	void requestsWhenSentAheadInHundredsAreAllAnswered() {
		int times = 500;
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		List<String> responses = new ArrayList<>();
		try (RawClient client = RawClient.of(gateway)) {
			client.send((get(1, "Accept: application/json;q=0.9\r\n") + get(2, "")).repeat(times) + lastOne(3, "1.1"));
			for (int response = 0; response < times; response++) {
				assertThat(client.read()).endsWith(body(1));
				assertThat(client.read()).endsWith(body(2));
			}
			responses.add(client.read());
			assertThat(client.readToEnd()).isEmpty();
		}
		assertThat(responses).singleElement().asString().contains("connection: close").endsWith(body(3));
	}

	private void warmUp(String word) {
		for (int index = 0; index < word.length(); index++) {
			if (word.charAt(index) == 'h') {
				gateway.get(PATH.formatted(index + 1));
				gateway.get(PATH.formatted(index + 1));
			}
		}
	}

	private String body(int cohort) {
		return new String(upstream.riskBody(cohort, 0, 5), StandardCharsets.UTF_8);
	}

	private static String start(int cohort) {
		return "GET " + PATH.formatted(cohort) + " HTTP/1.1\r\nHost: a\r\n";
	}

	private static String get(int cohort, String headers) {
		return start(cohort) + headers + "\r\n";
	}

	private static String lastOne(int cohort, String version) {
		return version.equals("1.0") ? "GET " + PATH.formatted(cohort) + " HTTP/1.0\r\n\r\n"
				: get(cohort, "Connection: close\r\n");
	}

}
