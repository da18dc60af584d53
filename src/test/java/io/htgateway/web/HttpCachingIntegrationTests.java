package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers of fresh responses that describe how the cache handled the request.
 */
@GatewayTest
class HttpCachingIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	private static final String OTHER_PAGE = "/api/external/5/assets/liquidation-risk?limit=20&offset=20";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

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
	void hitHasAgeAndEveryHeaderOnBothPaths(String target) {
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

	@Test
	void hitWhenClockJumpsBackHasNoNegativeAge() {
		gateway.get(RISK);
		clock.advance(Duration.ofHours(-1));

		Gateway.Response hit = ways.get(RISK);

		assertThat(hit.header("Age")).isEqualTo("0");
		assertStatus(hit, "hit; ttl=300");
		assertThat(apiCalls()).isEqualTo(1);
	}

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

	private int apiCalls() {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP);
	}

	private static void assertStatus(Gateway.Response response, String status) {
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; " + status);
	}

}
