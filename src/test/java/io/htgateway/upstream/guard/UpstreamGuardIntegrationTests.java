package io.htgateway.upstream.guard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the responses to callers, and of the upstream calls, while the guard refuses
 * calls.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class UpstreamGuardIntegrationTests {

	private static final String WARM = "/api/external/5/assets/liquidation-risk?limit=10";

	private static final String FILLS = "/api/external/fills/liquidation";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String REDUCED = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	private int start;

	// The first load that succeeds ends the failures of earlier tests, and their logging.
	@BeforeEach
	void recover(CapturedOutput output) {
		gateway.get(risk(16));
		upstream.reset();
		start = output.getOut().length();
	}

	@ParameterizedTest
	@ValueSource(ints = { 6, 20 })
	void requestWhenUpstreamAskedForAPauseCausesNoCallOfAnyEndpoint(int minutes, CapturedOutput output) {
		Gateway.Response old = staleAfter(minutes);
		upstream.answerNext(Endpoint.FILLS, 1, WireMock.status(429).withHeader("Retry-After", "30"));
		assertThat(gateway.get(FILLS).header("Retry-After")).isEqualTo("30");
		clock.advance(Duration.ofSeconds(10));

		for (int request = 0; request < 10; request++) {
			assertStale(gateway.get(WARM), old, "cooldown");
			for (String cold : List.of(FILLS, HEATMAP, risk(1))) {
				Gateway.Response refused = gateway.get(cold);
				Problems.check(refused, 503, REDUCED);
				assertThat(refused.header("Retry-After")).isEqualTo("20");
			}
		}
		assertThat(calls()).isEqualTo(2);
		assertThat(lines(output)).hasSize(1).first().asString().contains("WARN", "pause");
	}

	@Test
	void requestsAfterAPauseAreForwardedSlowlyAtFirst() {
		upstream.answerNext(Endpoint.RISK, 1, WireMock.status(429).withHeader("Retry-After", "30"));
		gateway.get(risk(1));
		clock.advance(Duration.ofSeconds(32));

		assertThat(IntStream.rangeClosed(1, 15).filter((segment) -> gateway.get(risk(segment)).status() == 200))
			.hasSize(3);
		assertThat(calls()).isEqualTo(4);
		clock.advance(Duration.ofSeconds(8));
		assertThat(IntStream.rangeClosed(4, 15).filter((segment) -> gateway.get(risk(segment)).status() == 200))
			.hasSize(12);
	}

	@Test
	void requestWhenUpstreamRefusedKeyCausesOneCallAMinute(CapturedOutput output) {
		Gateway.Response old = staleAfter(20);
		upstream.answer(Endpoint.RISK, WireMock.status(401));
		upstream.answer(Endpoint.FILLS, WireMock.status(401));
		gateway.get(FILLS);

		assertOneCallAMinute(old, 2);
		assertThat(lines(output)).hasSize(1).first().asString().contains("ERROR", "the API key (401)");
	}

	@Test
	void requestWhenTwoEndpointsAreForbiddenCausesOneCallAMinute(CapturedOutput output) {
		Gateway.Response old = staleAfter(20);
		upstream.answer(Endpoint.RISK, WireMock.status(403));
		upstream.answer(Endpoint.FILLS, WireMock.status(403));
		gateway.get(FILLS);
		gateway.get(risk(1));

		assertOneCallAMinute(old, 3);
		assertThat(lines(output)).hasSize(3).last().asString().contains("ERROR", "the API key (403)");
	}

	private void assertOneCallAMinute(Gateway.Response old, int calls) {
		for (int minute = 0; minute < 3; minute++) {
			for (String cold : List.of(FILLS, HEATMAP, risk(1))) {
				Problems.check(gateway.get(cold), 502, Problems.OWN + "upstream-credentials-refused");
			}
			assertThat(gateway.get(WARM).body()).isEqualTo(old.body());
			assertThat(gateway.get(WARM).header("Cache-Status")).endsWith("detail=credentials");
			assertThat(calls()).isEqualTo(calls + minute);
			clock.advance(Duration.ofMinutes(1));
			gateway.get(FILLS);
		}
	}

	@Test
	void requestWhenOneEndpointIsForbiddenIsForwardedToOthers(CapturedOutput output) {
		Gateway.Response old = staleAfter(20);
		upstream.answer(Endpoint.RISK, WireMock.status(403));
		gateway.get(risk(1));

		for (int minute = 0; minute < 3; minute++) {
			Gateway.Response refused = gateway.get(risk(2));
			Problems.check(refused, 502, Problems.OWN + "upstream-credentials-refused");
			assertThat(refused.body()).asString().contains("refuses this endpoint");
			assertThat(refused.headers().containsHeader("WWW-Authenticate")).isFalse();
			assertThat(gateway.get(WARM).body()).isEqualTo(old.body());
			assertThat(gateway.get(WARM).header("Cache-Status")).endsWith("detail=credentials");
			assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2 + minute);
			assertThat(gateway.get(HEATMAP).status()).isEqualTo(200);
			clock.advance(Duration.ofMinutes(1));
			gateway.get(risk(1));
		}
		assertThat(gateway.get(FILLS).status()).isEqualTo(200);
		assertThat(lines(output)).hasSize(1).first().asString().contains("ERROR", "the endpoint risk (403)");
	}

	@Test
	void requestWhenProbeFindsKeyAcceptedIsForwarded(CapturedOutput output) {
		upstream.answerNext(Endpoint.FILLS, 1, WireMock.status(401));
		gateway.get(FILLS);
		clock.advance(Duration.ofMinutes(1));

		for (int segment = 1; segment <= 16; segment++) {
			assertThat(gateway.get(risk(segment)).status()).isEqualTo(200);
		}
		assertThat(lines(output)).hasSize(2).last().asString().contains("INFO", "accepts");
	}

	@Test
	void requestWhenUpstreamFailsIsRefusedWithoutCallAndWithoutLine(CapturedOutput output) {
		Gateway.Response old = staleAfter(20);
		upstream.answer(Endpoint.HEATMAP, WireMock.status(500));
		for (int coin = 0; coin < 30; coin++) {
			gateway.get(heatmap(coin));
		}
		int calls = calls();
		assertThat(calls).isLessThanOrEqualTo(21);

		for (int coin = 30; coin < 80; coin++) {
			Gateway.Response refused = gateway.get(heatmap(coin));
			Problems.check(refused, 503, REDUCED);
			assertThat(refused.header("Retry-After")).isEqualTo("10");
			assertStale(gateway.get(WARM), old, "breaker");
		}
		assertThat(calls()).isEqualTo(calls);
		assertThat(lines(output)).satisfiesExactly((fail) -> assertThat(fail).contains("WARN", "Loads fail"),
				(open) -> assertThat(open).contains("WARN", "Breaker opened: name=upstream"));
	}

	@Test
	void requestWhenUpstreamWorksAgainIsForwardedAndLogsIt(CapturedOutput output) {
		upstream.answerNext(Endpoint.HEATMAP, 20, WireMock.status(500));
		for (int coin = 0; coin < 20; coin++) {
			gateway.get(heatmap(coin));
		}
		clock.advance(Duration.ofSeconds(31));

		for (int segment = 1; segment <= 16; segment++) {
			assertThat(gateway.get(risk(segment)).status()).isEqualTo(200);
		}
		assertThat(lines(output)).hasSize(4)
			.anySatisfy((line) -> assertThat(line).contains("INFO", "Loads succeed again: failed="))
			.anySatisfy((line) -> assertThat(line).contains("INFO", "Breaker closed: name=upstream"));
	}

	// A link that cannot be followed would cost a call.
	@Test
	void requestWhenObjectStoreFailsCausesNoCallOfUpstream() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(500));
		for (int minute = 0; minute < 20; minute++) {
			clock.advance(Duration.ofSeconds(61));
			gateway.get(HEATMAP);
		}
		int calls = calls();

		Gateway.Response refused = gateway.get("/api/external/exports/coins/ETH/liquidation-heatmap");

		Problems.check(refused, 503, REDUCED);
		assertThat(refused.header("Retry-After")).isEqualTo("10");
		assertThat(calls()).isEqualTo(calls);
		assertThat(gateway.get(WARM).status()).isEqualTo(200);
	}

	@Test
	void requestWhileDownloadsAreProbedCausesNoCallForALinkThatCannotBeFollowed() {
		upstream.answer(Endpoint.HEATMAP,
				WireMock.status(302).withHeader("Location", upstream.signedLink("BTC").toString()));
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(500));
		for (int coin = 0; coin < 20; coin++) {
			gateway.get(heatmap(coin));
		}
		clock.advance(Duration.ofSeconds(11));
		upstream.hold(Endpoint.DOWNLOAD);
		int downloads = upstream.calls(Endpoint.DOWNLOAD);
		try (ExecutorService clients = Executors.newFixedThreadPool(3)) {
			List<Future<Gateway.Response>> probes = IntStream.range(20, 23)
				.mapToObj((coin) -> clients.submit(() -> gateway.get(heatmap(coin))))
				.toList();
			Awaitility.await()
				.untilAsserted(() -> assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(downloads + 3));
			int calls = calls();

			for (int coin = 23; coin < 30; coin++) {
				Problems.check(gateway.get(heatmap(coin)), 503, REDUCED);
			}
			assertThat(calls()).isEqualTo(calls);
			upstream.release(Endpoint.DOWNLOAD);
			assertThat(probes).allSatisfy((probe) -> assertThat(probe.get().status()).isEqualTo(502));
		}
	}

	private Gateway.Response staleAfter(int minutes) {
		Gateway.Response response = gateway.get(WARM);
		clock.advance(Duration.ofMinutes(minutes));
		return response;
	}

	private static void assertStale(Gateway.Response response, Gateway.Response old, String detail) {
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(old.body());
		assertThat(response.header("Cache-Status")).contains("; hit; ttl=-").endsWith("; detail=" + detail);
	}

	private int calls() {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.FILLS) + upstream.calls(Endpoint.HEATMAP);
	}

	// Excludes the access log.
	private List<String> lines(CapturedOutput output) {
		return output.getOut()
			.substring(start)
			.lines()
			.filter((line) -> line.contains("io.htgateway") && !line.contains("io.htgateway.access"))
			.toList();
	}

	private static String heatmap(int coin) {
		return "/api/external/exports/coins/C" + coin + "/liquidation-heatmap";
	}

	private static String risk(int segment) {
		return "/api/external/" + segment + "/assets/liquidation-risk?limit=10";
	}

}
