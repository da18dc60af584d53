package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import io.htgateway.web.hit.Replays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Differences between requests that lead to different cache keys, and those that do not.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class CacheKeyIntegrationTests {

	private static final String RISK = "/api/external/11/assets/liquidation-risk";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private Replays replays;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@CsvSource({ "?limit=7&offset=3, ?offset=3&limit=7", "?limit=7, ?offset=0&limit=7", "?limit=7, ?limit=007",
			"?limit=7, ?limit=%37", "?limit=7, ?limit=7&" })
	void requestsWhenQueriesMeanTheSameTheyAreOneEntryAndSameBytes(String one, String other) {
		Gateway.Response first = gateway.get(RISK + one);
		Gateway.Response second = gateway.get(RISK + other);

		assertThat(second.status()).isEqualTo(200);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void requestsWhenQueriesDifferReplaysAreNotMixed() {
		gateway.get(RISK + "?limit=7");

		assertThat(ways.get(RISK + "?limit=7").body()).isEqualTo(upstream.riskBody(11, 0, 7));
		assertThat(ways.get(RISK + "?limit=7&offset=7").body()).isEqualTo(upstream.riskBody(11, 7, 7));
		gateway.get(RISK.replace("11", "12") + "?limit=1");
		assertThat(ways.get(RISK.replace("11", "12") + "?limit=7&offset=7").body())
			.isEqualTo(upstream.riskBody(12, 7, 7));
		assertThat(ways.get(RISK + "?limit=7").body()).isEqualTo(upstream.riskBody(11, 0, 7));
	}

	@ParameterizedTest
	@ValueSource(strings = { "?limit=7&x=1", "?limit=7&limit=8", "?limit=7,8", "?limit=-7", "?limit=+7", "?limit=7%20",
			"?limit=%D9%A7", "?limit=7&offset=", "?LIMIT=7", "?limit=7#x" })
	void requestsWhenQueryIsNearlyThatOfReplayItIsRefused(String query) {
		gateway.get(RISK + "?limit=7");

		assertThat(gateway.raw("GET", RISK + query)).startsWith("HTTP/1.1 400 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%61pi/external/11/assets/liquidation-risk?limit=7",
			"/api/external/11/assets/liquidation-risk;a=b?limit=7", "//api/external/11/assets/liquidation-risk?limit=7",
			"/api/external/11/assets/../assets/liquidation-risk?limit=7",
			"/api/external/11/assets/liquidation-risk/?limit=7", "/api/external/11/assets/liquidation-risk%00?limit=7",
			"/api/external/11/assets/liquidation-risk%0d%0aX:%20y?limit=7" })
	void requestsWhenPathIsNearlyThatOfReplayItIsRefusedWithoutCall(String target) {
		gateway.get(RISK + "?limit=7");

		assertThat(gateway.raw("GET", target)).containsPattern("\\AHTTP/1.1 40[04] ").doesNotContain("\r\nX: y");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "X-Forwarded-Host, evil.example", "X-Forwarded-Proto, https", "X-Forwarded-Prefix, /evil",
			"X-HTTP-Method-Override, DELETE", "X-Original-URL, /evil", "X-Rewrite-URL, /evil", "Accept-Language, de",
			"Cookie, a=evil", "User-Agent, evil", "Origin, https://evil.example", "Authorization, Bearer evil",
			"Forwarded, host=evil.example", "X-Forwarded-Port, 99999" })
	void requestsWhenHeaderIsNoPartOfKeyItChangesNothing(String name, String value) {
		for (String target : List.of(RISK + "?limit=7", HEATMAP)) {
			Gateway.Response cold = gateway.get(target, name, value);
			Gateway.Response with = ways.get(target, name, value);

			assertThat(cold.status()).isEqualTo(200);
			assertThat(with.headers()).isEqualTo(ways.get(target).headers());
			assertThat(with.body()).isEqualTo(cold.body());
			assertThat(with.everything()).doesNotContain("evil");
		}
		assertThat(upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP)).isEqualTo(2);
		assertThat(upstream.requests(Endpoint.RISK).getFirst().getHeaders().toString()).doesNotContain(value);
	}

	@Test
	void requestsWhenHostOrTargetNamesAnotherHostItChangesNothing() {
		gateway.get(RISK + "?limit=7");
		String expected = new String(upstream.riskBody(11, 0, 7), StandardCharsets.UTF_8);
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + RISK + "?limit=7 HTTP/1.1\r\nHost: evil.example\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(expected).doesNotContain("evil");
			client.send("GET http://evil.example" + RISK + "?limit=7 HTTP/1.1\r\nHost: evil.example\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(expected).doesNotContain("evil");
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void requestsWhenGetHasBodyItIsIgnored() {
		for (int request = 0; request < 3; request++) {
			Gateway.Response response = gateway.get(RISK + "?limit=7");
			assertThat(response.body()).isEqualTo(upstream.riskBody(11, 0, 7));
			try (RawClient client = RawClient.of(gateway)) {
				client.send("GET " + RISK + "?limit=7 HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\nlimit=9");
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith(response.text());
			}
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(upstream.requests(Endpoint.RISK).getFirst().getBodyAsString()).isEmpty();
	}

	@Test
	void requestsForAThousandInvalidCoinsLeaveEntriesMetricsAndLogUnchanged(CapturedOutput output) {
		assertBadCoinsLeaveNothing(1_000, output);
	}

	@Test
	@Tag("faults")
	void requestsForTenThousandInvalidCoinsLeaveEntriesMetricsAndLogUnchanged(CapturedOutput output) {
		assertBadCoinsLeaveNothing(10_000, output);
	}

	private void assertBadCoinsLeaveNothing(int coins, CapturedOutput output) {
		gateway.get(RISK + "?limit=7");
		gateway.get(HEATMAP);
		gateway.get(HEATMAP.replace("BTC", "NOPE"));
		int meters = lines();
		long logged = logged(output);
		for (int batch = 0; batch < coins; batch += 25) {
			int first = batch;
			assertThat(IntStream.range(first, first + 25)
				.mapToObj((number) -> gateway.send("GET", HEATMAP.replace("BTC", "X" + number)))
				.toList()
				.stream()
				.map(CompletableFuture::join)).extracting(Gateway.Response::status).containsOnly(404);
		}

		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(coins + 2);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(1);
		assertThat(gateway.get(HEATMAP).header("Cache-Status")).endsWith("; hit; ttl=300");
		assertThat(gateway.get(RISK + "?limit=7").header("Cache-Status")).endsWith("; hit; ttl=300");
		assertThat(lines() - meters).isLessThan(50);
		assertThat(gateway.actuator("/prometheus").text()).doesNotContain("X" + (coins - 1), "X123");
		assertThat(logged(output) - logged).isLessThan(10);
	}

	@Test
	void requestsWhenCoinIsUnknownMakeNoCallForHalfAMinute() {
		for (int request = 0; request < 5; request++) {
			assertThat(gateway.get(HEATMAP.replace("BTC", "NOPE")).status()).isEqualTo(404);
		}
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
		assertThat(replays.find(HEATMAP.replace("BTC", "NOPE"))).isNull();
	}

	private int lines() {
		return (int) gateway.actuator("/prometheus").text().lines().count();
	}

	// Counts the lines that are not of the access log.
	private static long logged(CapturedOutput output) {
		return output.toString().lines().filter((line) -> !line.contains("io.htgateway.access")).count();
	}

}
