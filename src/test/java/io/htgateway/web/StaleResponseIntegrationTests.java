package io.htgateway.web;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses when the stored response is stale, and their headers.
 */
@GatewayTest
class StaleResponseIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final Duration JUST_STALE = Duration.ofSeconds(312);

	private static final Duration LONG_STALE = Duration.ofMinutes(20);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void responseWhenJustStaleIsAnsweredWhileOneLoadRunsBehindIt(String target) {
		Gateway.Response old = hit(target);
		clock.advance(JUST_STALE);
		upstream.delay(endpoint(target), Duration.ofMillis(500));

		for (int request = 0; request < 3; request++) {
			Gateway.Response stale = gateway.get(target);

			assertThat(stale.status()).isEqualTo(200);
			assertThat(stale.body()).isEqualTo(old.body());
			assertThat(stale.header("Age")).isEqualTo("312");
			assertThat(stale.header("Date")).isEqualTo(old.header("Date"));
			assertThat(stale.header("Cache-Control")).isEqualTo("max-age=300");
			assertStatus(stale, "hit; ttl=-12; detail=stale-while-revalidate");
		}

		Gateway.Response fresh = eventuallyHit(target);
		assertThat(fresh.header("Age")).isEqualTo("0");
		assertThat(fresh.body()).isNotEqualTo(old.body());
		assertThat(fresh.header("ETag")).isNotEqualTo(old.header("ETag"));
		assertThat(apiCalls()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 429, 500, 501 })
	void responseWhenLongStaleAndLoadFailsIsStaleWithStatusOfUpstream(int status) {
		Gateway.Response old = hit(RISK);
		clock.advance(LONG_STALE);
		upstream.answer(Endpoint.RISK, WireMock.status(status));

		Gateway.Response stale = gateway.get(RISK);

		assertThat(stale.status()).isEqualTo(200);
		assertThat(stale.body()).isEqualTo(old.body());
		assertThat(stale.header("Age")).isEqualTo("1200");
		assertStatus(stale, "fwd=stale; fwd-status=" + status + "; ttl=-900; detail=stale-if-error");
		assertThat(apiCalls()).isEqualTo(2);
	}

	@Test
	void responseWhenLongStaleAndConnectionFailsIsStaleWithoutStatus() {
		gateway.get(RISK);
		clock.advance(LONG_STALE);
		upstream.answer(Endpoint.RISK, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

		assertStatus(gateway.get(RISK), "fwd=stale; ttl=-900; detail=stale-if-error");
		assertThat(apiCalls()).isEqualTo(3);
	}

	@Test
	void responseWhenLoadHasFailedIsStaleWithoutCallUntilBackoffIsOver() {
		Gateway.Response old = hit(RISK);
		clock.advance(LONG_STALE);
		upstream.answerNext(Endpoint.RISK, 1, WireMock.status(500));
		gateway.get(RISK);

		for (int request = 0; request < 20; request++) {
			Gateway.Response stale = gateway.get(RISK);
			assertThat(stale.body()).isEqualTo(old.body());
			assertStatus(stale, "hit; ttl=-900; detail=backoff");
		}
		assertThat(apiCalls()).isEqualTo(2);

		clock.advance(Duration.ofSeconds(2));
		assertStatus(gateway.get(RISK), "fwd=stale; fwd-status=200; stored");
		assertStatus(ways.get(RISK), "hit; ttl=300");
		assertThat(apiCalls()).isEqualTo(3);
	}

	@Test
	void responseWhenErrorWindowEndsIsError() {
		gateway.get(RISK);
		upstream.answer(Endpoint.RISK, WireMock.status(503));
		clock.advance(Duration.ofHours(24).plusSeconds(299));
		assertStatus(gateway.get(RISK), "fwd=stale; fwd-status=503; ttl=-86399; detail=stale-if-error");
		clock.advance(Duration.ofSeconds(1));

		Problems.check(gateway.get(RISK), 502, Problems.OWN + "upstream-failed");
	}

	@Test
	void responseWhenLongStaleAndLoadIsSlowIsStaleAtSoftDeadlineAndFreshAfterIt() {
		Gateway.Response old = hit(RISK);
		clock.advance(LONG_STALE);
		upstream.delay(Endpoint.RISK, Duration.ofSeconds(3));
		gateway.getAll(50, "/v3/api-docs");
		long start = System.nanoTime();

		List<Gateway.Response> responses = gateway.getAll(50, RISK);

		Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
		assertThat(elapsed).isBetween(Duration.ofMillis(990), Duration.ofMillis(2_900));
		assertThat(responses).allSatisfy((response) -> {
			assertThat(response.body()).isEqualTo(old.body());
			assertStatus(response, "fwd=stale; ttl=-900; detail=stale-if-error");
		});
		assertThat(eventuallyHit(RISK).body()).isEqualTo(upstream.riskBody(5, 0, 20));
		assertThat(apiCalls()).isEqualTo(2);
	}

	@Test
	void heatmapWhenStoreConfirmsItIsRevalidatedWithoutTransfer() {
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				WireMock.ok().withHeader("ETag", "\"same\"").withBody("{\"coin\":\"BTC\",\"heatmap\":[1]}"));
		Gateway.Response old = gateway.get(HEATMAP);
		clock.advance(LONG_STALE);
		upstream.answerNext(Endpoint.DOWNLOAD, 1, WireMock.status(304).withHeader("ETag", "\"same\""));

		Gateway.Response confirmed = gateway.get(HEATMAP);

		assertThat(confirmed.status()).isEqualTo(200);
		assertThat(confirmed.body()).isEqualTo(old.body());
		assertThat(confirmed.header("ETag")).isEqualTo(old.header("ETag"));
		assertThat(confirmed.header("Age")).isEqualTo("0");
		assertThat(confirmed.header("Date")).isNotEqualTo(old.header("Date"));
		assertStatus(confirmed, "fwd=stale; fwd-status=304");
		assertThat(upstream.requests(Endpoint.DOWNLOAD)).extracting((request) -> request.getHeader("If-None-Match"))
			.containsExactly(null, "\"same\"");
		clock.advance(Duration.ofSeconds(299));
		assertStatus(ways.get(HEATMAP), "hit; ttl=1");
		assertThat(apiCalls()).isEqualTo(2);
	}

	@Test
	void heatmapWhenStoreConfirmsItBehindStaleIsFreshAgain() {
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				WireMock.ok().withHeader("ETag", "\"same\"").withBody("{\"coin\":\"BTC\",\"heatmap\":[1]}"));
		Gateway.Response old = hit(HEATMAP);
		clock.advance(JUST_STALE);
		upstream.answerNext(Endpoint.DOWNLOAD, 1, WireMock.status(304));

		assertStatus(gateway.get(HEATMAP), "hit; ttl=-12; detail=stale-while-revalidate");

		Gateway.Response hit = eventuallyHit(HEATMAP);
		assertThat(hit.body()).isEqualTo(old.body());
		assertThat(hit.header("Age")).isEqualTo("0");
		assertThat(hit.header("ETag")).isEqualTo(old.header("ETag"));
	}

	private Gateway.Response hit(String target) {
		gateway.get(target);
		return ways.get(target);
	}

	private Gateway.Response eventuallyHit(String target) {
		Awaitility.await().until(() -> gateway.get(target).header("Cache-Status").endsWith("hit; ttl=300"));
		return ways.get(target);
	}

	private int apiCalls() {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP);
	}

	private static Endpoint endpoint(String target) {
		return target.equals(HEATMAP) ? Endpoint.HEATMAP : Endpoint.RISK;
	}

	private static void assertStatus(Gateway.Response response, String status) {
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; " + status);
	}

}
