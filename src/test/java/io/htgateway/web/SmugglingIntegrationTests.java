package io.htgateway.web;

import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that a proxy may read differently from the gateway (RFC 9112 11.2): a request
 * that is hidden in another is never answered.
 */
@SecurityTest
@GatewayTest
class SmugglingIntegrationTests {

	private static final String RISK = "/api/external/13/assets/liquidation-risk?limit=5";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String HIT = "GET " + HEATMAP + " HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final String HIDDEN = "GET /api/external/14/assets/liquidation-risk HTTP/1.1\r\nHost: hidden\r\n\r\n";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@BeforeEach
	void warmUp() {
		gateway.get(HEATMAP);
	}

	@AfterEach
	void nothingWasCalled() {
		assertThat(upstream.calls(Endpoint.RISK)).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
			"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "Transfer-Encoding: gzip\r\n\r\n",
			"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
			"Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
			"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
			"Content-Length: 0\r\nContent-Length: 60\r\n\r\n", "Content-Length: 0, 60\r\n\r\n",
			"Content-Length: +0\r\n\r\n", "Content-Length: 0x0\r\n\r\n", "Content-Length: -1\r\n\r\n",
			"Content-Length:\r\n\r\n", "Content-Length: 18446744073709551616\r\n\r\n" })
	void requestWhenItsLengthIsInDoubtIsRefusedAndConnectionClosed(String rest) {
		String answer = raw("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + rest + HIDDEN);

		assertThat(answer).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", "Host: a, b\r\n", "",
			"Host: a\r\nhost: b\r\n", "Host:\r\n" })
	void requestWhenHostIsInDoubtIsRefused(String hosts) {
		assertThat(raw("GET " + RISK + " HTTP/1.1\r\n" + hosts + "Connection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 400 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-A: b\rX-B: c\r\n", "X-A: b\nX-B: c\n", "X-A: b\u0000c\r\n", "X-A\r\n", ": b\r\n",
			"X-A: b\r\n X-B: c\r\n", "X A: b\r\n", "X-A\u0000: b\r\n" })
	void requestWhenHeaderIsInvalidIsRefusedOrReadAsOneWithoutBeingRepeated(String header) {
		String answer = raw("GET " + RISK + "&x=1 HTTP/1.1\r\nHost: a\r\n" + header + "Connection: close\r\n\r\n");

		assertThat(answer).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ").doesNotContain("X-B");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET " + RISK + "\r\nX: y HTTP/1.1\r\nHost: a\r\n\r\n",
			"GET " + RISK + "&coin=a%0d%0aX-B:%20c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			"GET  " + RISK + "  HTTP/1.1 x\r\nHost: a\r\nConnection: close\r\n\r\n",
			"GET\u0000 " + RISK + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			"GET " + RISK + "\u0001 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" })
	void requestWhenLineCouldBreakAnAnswerIsRefused(String request) {
		assertThat(raw(request)).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ").doesNotContain("\nX-B");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zz\r\n\r\n", "-1\r\n\r\n", "0x0\r\n\r\n", "ffffffffffffffff0\r\n\r\n" })
	void requestWhenChunkIsNoneIsCutOff(String chunk) {
		String answer = raw("GET /api/external/fills/liquidation?limit=0 HTTP/1.1\r\nHost: a\r\n"
				+ "Transfer-Encoding: chunked\r\n\r\n" + chunk + HIDDEN);

		assertThat(answer).doesNotContain("HTTP/1.1 200 ", "totalCount");
	}

	// The answer is the same after hits, which are answered before they are decoded.
	private String raw(String request) {
		String alone = answer(0, request);
		String afterHits = answer(3, request);
		assertThat(statusLines(afterHits)).isEqualTo(statusLines(alone));
		return alone;
	}

	private String answer(int hits, String request) {
		try (RawClient client = RawClient.of(gateway)) {
			for (int hit = 0; hit < hits; hit++) {
				client.send(HIT);
				assertThat(client.read()).startsWith("HTTP/1.1 200 ");
			}
			client.send(request);
			return client.readToEnd();
		}
	}

	private static List<String> statusLines(String answer) {
		return answer.lines().filter((line) -> line.startsWith("HTTP/1.1 ")).toList();
	}

}
