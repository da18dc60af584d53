package io.htgateway.web;

import java.nio.charset.StandardCharsets;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.SeenRequests;
import io.htgateway.testing.platform.SecurityTest;
import io.htgateway.web.hit.Hits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hits on one connection whose requests arrive in pieces, together, or malformed.
 */
@SecurityTest
@GatewayTest
class HitConnectionIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String GET = "GET " + HEATMAP + " HTTP/1.1\r\n";

	private static final String HIT = GET + "Host: a\r\n\r\n";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private SeenRequests seen;

	private String body = "";

	@BeforeEach
	void warmUp() {
		body = gateway.get(HEATMAP).text();
	}

	@Test
	void hitsWhenClientDoesNotReadWaitAndLeaveInOrder() {
		int times = 600;
		try (RawClient client = RawClient.of(gateway)) {
			client.send(HIT.repeat(times));
			for (int response = 0; response < times; response++) {
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			}
			client.send(HIT);
			assertThat(client.read()).endsWith(body);
		}
	}

	@Test
	void hitWhenItComesInPiecesIsAnswered() {
		try (RawClient client = RawClient.of(gateway)) {
			for (int cut = 1; cut < HIT.length(); cut++) {
				client.send(HIT.substring(0, cut));
				client.send(HIT.substring(cut));
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
			}
		}
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	@Test
	void hitWhenSentAfterLastRequestOfConnectionIsNotAnswered() {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(HIT + GET + "Host: a\r\nConnection: close\r\n\r\n" + HIT + HIT);
			assertThat(client.readToEnd().split("HTTP/1.1 200 ", -1)).hasSize(3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET %s HTTP/1.1\r\n", "HEAD %s HTTP/1.1\r\n", "GET %s HTTP/1.1\r\nIf-None-Match: *\r\n",
			"HEAD %s HTTP/1.1\r\nIf-None-Match: *\r\n", "GET %s?a=1 HTTP/1.1\r\n", "HEAD %s?a=1 HTTP/1.1\r\n",
			"POST %s HTTP/1.1\r\nContent-Length: 3\r\n", "GET %s HTTP/1.1\r\nExpect: 100-continue\r\n",
			"GET %s#a HTTP/1.1\r\n", "HEAD %s#a HTTP/1.1\r\n", "OPTIONS %s HTTP/1.1\r\n",
			"GET %s HTTP/1.1\r\nUpgrade: h3\r\nConnection: upgrade\r\n" })
	void hitWhenServerHasAnsweredBeforeIsAnsweredShort(String before) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(before.formatted(HEATMAP) + "Host: a\r\nAccept: application/json;q=0.9\r\n\r\n"
					+ (before.startsWith("POST") ? "abc" : ""));
			client.readHead();
			client.send(HIT);
			String rest = client.read();
			int seenBefore = seen.count();
			for (int hit = 0; hit < 3; hit++) {
				client.send(HIT);
				assertThat(rest + client.read()).endsWith(body);
			}
			assertThat(seen.count()).isEqualTo(seenBefore);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Host: a\r\nHost: b\r\n", "Host: a\r\n b\r\n", "Host: a/b\r\n", "Host: a@b\r\n" })
	void hitWhenHostIsMissingRepeatedOrWrongIsRefused(String host) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(GET + host + "Connection: close\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
		}
	}

	@Test
	void headWhenSentAheadHasNoBody() {
		int length = body.getBytes(StandardCharsets.UTF_8).length;
		try (RawClient client = RawClient.of(gateway)) {
			client.send("HEAD" + HIT.substring(3) + HIT);
			assertThat(client.readHead()).containsIgnoringCase("content-length: " + length);
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(body);
		}
	}

}
