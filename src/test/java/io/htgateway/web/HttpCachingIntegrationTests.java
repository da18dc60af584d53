package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

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
 * What a response tells of how the cache came by it.
 */
@GatewayTest
class HttpCachingIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	private static final String OTHER_PAGE = "/api/external/5/assets/liquidation-risk?limit=20&offset=20";

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
	void missIsStored(String target) {
		Gateway.Response miss = gateway.get(target);

		assertThat(miss.status()).isEqualTo(200);
		assertThat(miss.header("Age")).isEqualTo("0");
		assertThat(miss.header("Cache-Control")).isEqualTo("max-age=300");
		assertStatus(miss, "fwd=uri-miss; stored");
		assertThat(apiCalls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void hitHasAgeAndEveryHeaderOnBothWays(String target) {
		Gateway.Response miss = gateway.get(target);
		clock.advance(Duration.ofSeconds(42));

		Gateway.Response hit = ways.get(target);

		assertThat(hit.status()).isEqualTo(200);
		assertThat(hit.body()).isEqualTo(miss.body());
		assertThat(hit.header("Age")).isEqualTo("42");
		assertThat(hit.header("Date")).isEqualTo(miss.header("Date")).matches("[A-Z][a-z]{2}, .* GMT");
		assertThat(hit.header("ETag")).isEqualTo(miss.header("ETag")).matches("\"[\\w-]{22}\"");
		assertThat(hit.header("Cache-Control")).isEqualTo("max-age=300");
		assertThat(hit.header("Content-Length")).isEqualTo(Integer.toString(hit.body().length));
		assertThat(hit.header("Vary")).isEqualTo("Accept-Encoding");
		assertThat(hit.header("Accept-Ranges")).isEqualTo("none");
		assertStatus(hit, "hit; ttl=258");
		assertThat(apiCalls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void hitHasOnlyHeadersThatAreNamed(String target) {
		gateway.get(target);

		assertThat(ways.get(target).headers().headerNames()).map((name) -> name.toLowerCase(Locale.ROOT))
			.isSubsetOf("age", "date", "etag", "cache-control", "content-length", "content-type", "vary",
					"accept-ranges", "cache-status", "last-modified");
	}

	@Test
	void hitWhenOtherTargetWasLoadedIsHitOnItsFirstRequest() {
		gateway.get(RISK);
		clock.advance(Duration.ofSeconds(1));

		Gateway.Response first = gateway.get(OTHER_PAGE);

		assertStatus(first, "hit; ttl=299");
		assertThat(first.headers()).isEqualTo(ways.shortWay("GET", OTHER_PAGE).headers());
		assertThat(first.body()).isEqualTo(upstream.riskBody(5, 20, 20));
		assertThat(apiCalls()).isEqualTo(1);
	}

	// Failure mode 48.
	@Test
	void hitWhenTimePassesHasSameMaxAgeAndDateAndGrowingAge() {
		Gateway.Response miss = gateway.get(RISK);

		for (int age = 1; age < 300; age += 74) {
			Gateway.Response hit = hitAt(Duration.ofSeconds(age), miss);

			assertThat(hit.header("Age")).isEqualTo(Integer.toString(age));
			assertThat(hit.header("Cache-Control")).isEqualTo("max-age=300");
			assertStatus(hit, "hit; ttl=" + (300 - age));
		}
		assertThat(apiCalls()).isEqualTo(1);
	}

	private Gateway.Response hitAt(Duration age, Gateway.Response miss) {
		clock.advance(age);
		Gateway.Response hit = ways.get(RISK);
		clock.advance(age.negated());
		assertThat(hit.header("Date")).isEqualTo(miss.header("Date"));
		assertThat(hit.header("ETag")).isEqualTo(miss.header("ETag"));
		return hit;
	}

	// Failure mode 50.
	@Test
	void hitWhenClockJumpsBackHasNoNegativeAge() {
		gateway.get(RISK);
		clock.advance(Duration.ofHours(-1));

		Gateway.Response hit = ways.get(RISK);

		assertThat(hit.header("Age")).isEqualTo("0");
		assertStatus(hit, "hit; ttl=300");
		assertThat(apiCalls()).isEqualTo(1);
	}

	// Failure mode 49.
	@Test
	void hitWhenUpstreamSaysAnAgeAddsItsOwn() {
		upstream.answer(Endpoint.RISK, WireMock.okJson("{\"totalCount\":0,\"items\":[]}").withHeader("Age", "100"));

		assertThat(gateway.get(RISK).header("Age")).isEqualTo("100");
		clock.advance(Duration.ofSeconds(10));
		Gateway.Response hit = ways.get(RISK);

		assertThat(hit.header("Age")).isEqualTo("110");
		assertThat(hit.header("Cache-Control")).isEqualTo("max-age=300");
		assertThat(apiCalls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-store", "private", "no-cache", "max-age=0", "no-store, max-age=0, must-revalidate",
			"s-maxage=1" })
	void hitWhenUpstreamForbidsItIsByConfiguration(String cacheControl) {
		upstream.answer(Endpoint.RISK,
				WireMock.okJson("{\"totalCount\":0,\"items\":[]}").withHeader("Cache-Control", cacheControl));
		gateway.get(RISK);
		clock.advance(Duration.ofSeconds(299));

		Gateway.Response hit = ways.get(RISK);

		assertThat(hit.header("Cache-Control")).isEqualTo("max-age=300");
		assertStatus(hit, "hit; ttl=1");
		assertThat(apiCalls()).isEqualTo(1);
	}

	@Test
	void collapsedMissSaysSo() {
		gateway.getAll(20, "/v3/api-docs");
		upstream.delay(Endpoint.RISK, Duration.ofSeconds(1));

		List<Gateway.Response> responses = gateway.getAll(20, RISK);

		assertThat(responses).extracting((response) -> response.header("Cache-Status"))
			.containsOnly("hypertracker-gateway; fwd=uri-miss; stored", "hypertracker-gateway; fwd=uri-miss; collapsed")
			.filteredOn((status) -> status.endsWith("stored"))
			.hasSize(1);
		assertThat(responses).extracting((response) -> response.header("ETag")).containsOnly(etag(responses));
		assertThat(apiCalls()).isEqualTo(1);
	}

	private static String etag(List<Gateway.Response> responses) {
		return responses.getFirst().header("ETag");
	}

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
	@ValueSource(ints = { 400, 401, 404, 429, 500, 503 })
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
		assertThat(apiCalls()).isEqualTo(2);
	}

	@Test
	void responseWhenLoadHasFailedIsStaleWithoutCallUntilBackoffIsOver() {
		Gateway.Response old = hit(RISK);
		clock.advance(LONG_STALE);
		upstream.answerNext(Endpoint.RISK, 1, WireMock.status(503));
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

	// Failure mode 3.
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
