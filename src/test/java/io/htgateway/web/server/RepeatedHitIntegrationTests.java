package io.htgateway.web.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.web.RawClient;
import io.htgateway.web.hit.Hits;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hits whose requests repeat the headers of the hit before on their connection, and
 * requests that only look like it.
 */
@GatewayTest
class RepeatedHitIntegrationTests extends CountingServer {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	private static final String REST = " HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n";

	private static final String HIT = "GET " + HEATMAP + REST;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void warmUp() {
		gateway.get(HEATMAP);
		gateway.get(RISK);
	}

	@Test
	void requestsThatDifferOnlyInTheTargetAreDecodedOnce() {
		String heatmap = gateway.get(HEATMAP).text();
		String risk = gateway.get(RISK).text();
		try (RawClient client = RawClient.to(server.port())) {
			for (int time = 0; time < 3; time++) {
				assertThat(answer(client, HIT)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n" + heatmap);
				assertThat(answer(client, "GET " + RISK + REST)).startsWith("HTTP/1.1 200 OK\r\n")
					.endsWith("\r\n\r\n" + risk);
			}
			assertThat(decoded).hasValue(1);
		}
	}

	@Test
	void repetitionHasTheResponseOfTheDecodedRequest() {
		for (String more : List.of("", "Accept-Encoding: gzip\r\n", "If-None-Match: *\r\n")) {
			String request = HIT.replace("\r\n\r\n", "\r\n" + more + "\r\n");
			gateway.get(HEATMAP, "Accept-Encoding", "gzip");
			try (RawClient client = RawClient.to(server.port())) {
				client.send(request);
				String first = client.readHead();
				client.readBytes(bodyLength(first));
				int before = decoded.get();
				client.send(request);
				assertThat(client.readHead()).as(more).isEqualTo(first);
				client.readBytes(bodyLength(first));
				assertThat(decoded).hasValue(before);
			}
		}
	}

	@Test
	void repetitionWhenTheResponseIsStaleIsDecoded() {
		try (RawClient client = RawClient.to(server.port())) {
			answer(client, HIT);
			answer(client, HIT);
			assertThat(decoded).hasValue(1);
			clock.advance(Duration.ofDays(1));
			client.send(HIT);
			assertThat(client.readHead()).startsWith("HTTP/1.1 404 ");
			assertThat(decoded).hasValue(2);
		}
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "get %s HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"HEAD %s HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n", "GET  %s HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET %s HTTP/1.1\r\nHost: b\r\nAccept: */*\r\n\r\n", "GET %s HTTP/1.1\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET %s HTTP/1.0\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"\r\nGET %s HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET %s  HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n", "GET %s#a HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET http://a%s HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET %s?a HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET %s HTTP/1.1\r\nX: a\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET %s HTTP/1.1\r\nX: GET %s HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: b\r\n\r\nGET %s HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n" })
	void requestThatDiffersElsewhereIsAnsweredAsOnANewConnection(String form) {
		String request = form.replace("%s", HEATMAP);
		String alone;
		try (RawClient client = RawClient.to(server.port())) {
			client.send(request);
			alone = client.readHead();
		}
		try (RawClient client = RawClient.to(server.port())) {
			answer(client, HIT);
			answer(client, HIT);
			int before = decoded.get();
			client.send(request);
			assertThat(client.readHead()).isEqualTo(alone);
			assertThat(decoded.get()).isGreaterThan(before);
		}
	}

	// The second part alone would be a request without the header in the first part.
	@Test
	void requestInTwoPartsIsNotRemembered() {
		String first = "GET " + HEATMAP + " HTTP/1.1\r\nHost: a\r\nX: ";
		String second = HIT.replace("Host: a\r\n", "");
		try (RawClient client = RawClient.to(server.port())) {
			client.send(first);
			Awaitility.await().untilAsserted(() -> assertThat(received).hasValue(first.length()));
			assertThat(answer(client, second)).startsWith("HTTP/1.1 200 ");
			client.send(second);
			assertThat(client.readHead()).doesNotStartWith("HTTP/1.1 200 ");
			assertThat(decoded).hasValue(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void requestsInOneSegmentAreNotRememberedAsOne(boolean hitFirst) {
		String other = "GET /absent HTTP/1.1\r\nHost: a\r\n\r\n";
		String both = hitFirst ? HIT + other : other + HIT;
		try (RawClient client = RawClient.to(server.port())) {
			for (int time = 0; time < 3; time++) {
				client.send(both);
				List<String> statuses = List.of(RawClient.status(client.read()), RawClient.status(client.read()));
				assertThat(statuses)
					.containsExactlyElementsOf(hitFirst ? List.of("200", "404") : List.of("404", "200"));
			}
			assertThat(decoded).hasValue(6);
		}
	}

	// What follows the last version in these bytes is a request too.
	@ParameterizedTest
	@ValueSource(strings = { " HTTP/1.2\r\nY: b\r\nX: HTTP/1.1", "\tHTTP/1.1\r\nY: b\r\nX: HTTP/1.1",
			" HTTP/1.1\r\nY: b\r\nX: HTTP/1.1", " HTTP/1.2\r\nY: b\r\nX: GET / HTTP/1.1" })
	void requestWithAVersionInAHeaderDoesNotLendItsHeaders(String start) {
		try (RawClient client = RawClient.to(server.port())) {
			client.send("GET " + HEATMAP + start + "\r\nHost: a\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ");
			assertThat(answer(client, "GET " + HEATMAP + " HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200 ");
			assertThat(decoded).hasValue(2);
		}
	}

	@Test
	void requestsInOneSegmentAreAllAnswered() {
		try (RawClient client = RawClient.to(server.port())) {
			answer(client, HIT);
			client.send(HIT + HIT + "GET " + RISK + REST);
			assertThat(client.read()).contains("\"heatmap\"");
			assertThat(client.read()).contains("\"heatmap\"");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContain("\"heatmap\"");
			assertThat(answer(client, HIT)).contains("\"heatmap\"");
		}
	}

	@Test
	void connectionWithRepetitionsStaysOpenLongerThanItsTimeouts() {
		try (RawClient client = RawClient.to(server.port())) {
			long end = System.nanoTime() + 3 * IDLE.toNanos();
			while (System.nanoTime() < end) {
				assertThat(answer(client, HIT)).startsWith("HTTP/1.1 200 ");
				LockSupport.parkNanos(REQUEST.toNanos() / 2);
			}
			assertThat(decoded).hasValue(1);
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	private static String answer(RawClient client, String request) {
		client.send(request);
		return client.read();
	}

	private static int bodyLength(String head) {
		return head.startsWith("HTTP/1.1 304 ") ? 0
				: Integer.parseInt(head.replaceAll("(?is).*\r\ncontent-length: ([0-9]+)\r\n.*", "$1"));
	}

}
