package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that end their side of the connection after their requests, as
 * <code>nc -N</code> does.
 */
@GatewayTest
class HalfClosedConnectionIntegrationTests {

	private static final String RISK = "/api/external/%d/assets/liquidation-risk?limit=5";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final Duration UPSTREAM_DELAY = Duration.ofMillis(200);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1\r\nHost: a\r\n", "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n",
			"HTTP/1.0\r\nConnection: keep-alive\r\n", "HTTP/1.0\r\n" })
	void coldRequestIsAnsweredAndConnectionClosed(String rest) {
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + RISK.formatted(1) + " " + rest + "\r\n");
			client.endInput();
			assertThat(client.read()).containsPattern("\\AHTTP/1\\.[01] 200 ").endsWith(body(1));
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void requestsSentAheadAreAllAnsweredAndConnectionClosed() {
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		gateway.get(RISK.formatted(3));
		gateway.get(RISK.formatted(3));
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get(3) + get(1) + get(3) + get(2));
			client.endInput();
			for (int cohort : List.of(3, 1, 3, 2)) {
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body(cohort));
			}
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab",
			"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab" })
	void requestThatIsNotCompleteIsNotProcessed(String start) {
		upstream.delay(Endpoint.RISK, UPSTREAM_DELAY);
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get(1) + start.replace("GET /", "GET " + RISK.formatted(2)));
			client.endInput();
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body(1));
			assertThat(client.readToEnd()).isEmpty();
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\r\n" })
	void connectionWithoutRequestIsClosed(String bytes) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(bytes);
			client.endInput();
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void connectionOfHttp2IsClosed() {
		upstream.delay(Endpoint.RISK, Duration.ofSeconds(5));
		try (RawClient client = RawClient.of(gateway); Http2Client http2 = Http2Client.on(client)) {
			http2.request(1, Http2Client.get(RISK.formatted(1)));
			awaitCall();
			client.endInput();
			assertThat(http2.answer(1).status()).isZero();
		}
	}

	@Test
	void largeHitIsSentToItsEnd() {
		String large = "{\"coin\":\"BTC\",\"heatmap\":[" + " ".repeat(20_000_000) + "]}";
		upstream.answer(Endpoint.DOWNLOAD, WireMock.ok().withBody(large));
		gateway.get(HEATMAP);
		gateway.get(HEATMAP);
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + HEATMAP + " HTTP/1.1\r\nHost: a\r\n\r\n");
			client.endInput();
			client.readHead();
			assertThat(client.readBytes(large.length())).hasSize(large.length());
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void managementAnswersToo() {
		try (RawClient client = RawClient.to(gateway.managementPort())) {
			client.send("GET /actuator/prometheus HTTP/1.1\r\nHost: a\r\n\r\n");
			client.endInput();
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
		}
	}

	private void awaitCall() {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> upstream.calls(Endpoint.RISK) > 0);
	}

	private static String get(int cohort) {
		return "GET " + RISK.formatted(cohort) + " HTTP/1.1\r\nHost: a\r\n\r\n";
	}

	private String body(int cohort) {
		return new String(upstream.riskBody(cohort, 0, 5), StandardCharsets.UTF_8);
	}

}
