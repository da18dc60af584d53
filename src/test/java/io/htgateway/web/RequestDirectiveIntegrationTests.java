package io.htgateway.web;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests with cache directives, byte ranges and media types.
 */
@GatewayTest
class RequestDirectiveIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation?limit=4";

	private static final String RISK = "/api/external/9/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = "/api/external/exports/coins/HYPE/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@ParameterizedTest
	@CsvSource({ "Cache-Control, no-cache", "Cache-Control, max-age=0", "Cache-Control, no-store",
			"Cache-Control, 'no-cache, no-store, max-age=0'", "Cache-Control, min-fresh=299",
			"Cache-Control, must-revalidate", "Cache-Control, 'garbage=='", "Pragma, no-cache" })
	void hitWhenClientWantsItFreshIsHitNevertheless(String name, String value) {
		Gateway.Response miss = gateway.get(RISK, name, value);
		assertThat(miss.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");
		clock.advance(Duration.ofSeconds(200));

		Gateway.Response hit = ways.get(RISK, name, value);

		assertThat(hit.headers()).isEqualTo(ways.get(RISK).headers());
		assertThat(hit.header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=100");
		assertThat(calls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "only-if-cached", "Only-If-Cached", "max-stale, only-if-cached", "no-cache,only-if-cached" })
	void coldRequestWhenOnlyCachedIsWantedTimesOutAtOnceWithoutCall(String directive) {
		for (String target : List.of(FILLS, RISK, HEATMAP, RISK.replace("?limit=20", ""))) {
			Gateway.Response response = gateway.get(target, "Cache-Control", directive);

			Problems.check(response, 504, Problems.OWN + "not-cached");
			assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=only-if-cached");
		}
		assertThat(calls()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void requestWhenOnlyCachedIsWantedIsHitOrStaleWithoutCall(String target) {
		Gateway.Response miss = gateway.get(target);
		Gateway.Response hit = ways.get(target, "Cache-Control", "only-if-cached");
		assertThat(hit.body()).isEqualTo(miss.body());

		for (Duration passed : List.of(Duration.ofSeconds(312), Duration.ofHours(23))) {
			clock.advance(passed);
			Gateway.Response stale = gateway.get(target, "Cache-Control", "only-if-cached");

			assertThat(stale.status()).isEqualTo(200);
			assertThat(stale.body()).isEqualTo(miss.body());
			assertThat(stale.header("Cache-Status")).startsWith("hypertracker-gateway; hit; ttl=-")
				.endsWith("; detail=only-if-cached");
		}
		clock.advance(Duration.ofHours(2));
		Problems.check(gateway.get(target, "Cache-Control", "only-if-cached"), 504, Problems.OWN + "not-cached");
		assertThat(calls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=0-10", "bytes=-1", "bytes=0-0,5-6", "bytes=999999999-", "items=1-2", "garbage" })
	void requestWhenRangeIsWantedGetsAll(String range) {
		Gateway.Response all = gateway.get(RISK, "Range", range);
		assertThat(all.status()).isEqualTo(200);

		Gateway.Response response = ways.get(RISK, "Range", range, "If-Range", all.header("ETag"));

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(upstream.riskBody(9, 0, 20));
		assertThat(response.header("Accept-Ranges")).isEqualTo("none");
		assertThat(response.headers().containsHeader("Content-Range")).isFalse();
		assertThat(calls()).isEqualTo(1);
	}

	@Test
	void failureIsNeverStoredAndSaysSo() {
		upstream.answer(Endpoint.RISK, WireMock.status(500));
		Gateway.Response failed = gateway.get(RISK);
		Problems.check(failed, 502, Problems.OWN + "upstream-failed");
		assertThat(failed.headers().containsHeader("Age")).isFalse();
		assertThat(failed.headers().containsHeader("ETag")).isFalse();

		upstream.reset();
		clock.advance(Duration.ofSeconds(2));

		assertThat(gateway.get(RISK).body()).isEqualTo(upstream.riskBody(9, 0, 20));
		assertThat(calls()).isEqualTo(1);
	}

	@Test
	void failureOfOtherRequestsToSameTargetLeavesReplayAlone() {
		gateway.get(RISK);

		assertThat(gateway.send("POST", RISK).join().status()).isEqualTo(405);
		assertThat(gateway.send("DELETE", RISK).join().status()).isEqualTo(405);
		assertThat(gateway.get(RISK, "Accept", "text/csv").status()).isEqualTo(406);

		assertThat(ways.shortWay("GET", RISK).body()).isEqualTo(upstream.riskBody(9, 0, 20));
	}

	private int calls() {
		return Arrays.stream(Endpoint.values())
			.filter((endpoint) -> endpoint != Endpoint.DOWNLOAD)
			.mapToInt(upstream::calls)
			.sum();
	}

}
