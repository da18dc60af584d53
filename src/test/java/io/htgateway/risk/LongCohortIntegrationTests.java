package io.htgateway.risk;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cohorts with more assets than one upstream call returns.
 */
@GatewayTest
class LongCohortIntegrationTests {

	private static final String FIRST_PAGE = path(5, "?offset=9&limit=1");

	private static final String LATER_PAGE = path(5, "?offset=450&limit=100");

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void pageWhenCohortIsLongIsReadOnInBlocksAsFarAsAsked() {
		upstream.answerNext(Endpoint.RISK, 1, list(1200, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(1200, 500, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(1200, 1000, 500));

		assertThat(gateway.get(path(5, "?offset=400&limit=100")).text()).isEqualTo(body(1200, 400, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(gateway.get(path(5, "?offset=450&limit=100")).text()).isEqualTo(body(1200, 450, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
		assertThat(gateway.get(path(5, "?offset=990&limit=500")).text()).isEqualTo(body(1200, 990, 500));
		assertThat(gateway.get(path(5, "?offset=1200&limit=500")).text()).isEqualTo(body(1200, 1200, 500));
		assertThat(gateway.get(path(5, "?offset=900000&limit=500")).text()).isEqualTo(body(1200, 900_000, 500));

		assertThat(upstream.requests(Endpoint.RISK)).extracting((request) -> request.getUrl())
			.containsExactly(path(5, "?offset=0&limit=500"), path(5, "?offset=500&limit=500"),
					path(5, "?offset=1000&limit=500"));
	}

	@Test
	void pageWhenOnlyLaterBlockIsLoadedIsNoHit() {
		warm(list(1200, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(1200, 500, 500));

		assertThat(gateway.get(LATER_PAGE).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");
		assertThat(gateway.get(LATER_PAGE).header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=300");
		assertThat(gateway.get(path(5, "?offset=500&limit=9")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=300");
	}

	@Test
	void pageWhenLongListChangesWhileItIsReadIsReadAnew() {
		upstream.answerNext(Endpoint.RISK, 1, list(800, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 500, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 500, 500));

		assertThat(gateway.get(path(5, "?offset=450&limit=100")).text()).isEqualTo(body(801, 450, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void pageWhenRestOfLongListIsAskedMuchLaterIsReadAnew() {
		upstream.answerNext(Endpoint.RISK, 1, list(800, 0, 500));
		gateway.get(path(5, "?limit=1"));
		clock.advance(Duration.ofMinutes(4));
		upstream.answerNext(Endpoint.RISK, 1, list(800, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(800, 500, 500));

		assertThat(gateway.get(path(5, "?offset=450&limit=100")).text()).isEqualTo(body(800, 450, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenOnlyCachedIsWantedLeavesHeadOfListWhereItIs() {
		upstream.answerNext(Endpoint.RISK, 1, list(800, 0, 500));
		gateway.get(path(5, "?limit=1"));
		clock.advance(Duration.ofMinutes(4));

		assertThat(gateway.get(path(5, "?offset=450&limit=100"), "Cache-Control", "only-if-cached").status())
			.isEqualTo(504);
		assertThat(gateway.get(path(5, "?offset=9&limit=1")).text()).isEqualTo(body(800, 9, 1));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void pageWhenUpstreamNeverEndsIsNotReadForEver() {
		upstream.answer(Endpoint.RISK, WireMock.okJson(body(500, 0, 500).replace("\"totalCount\":500,", "")));

		gateway.get(path(5, "?offset=1000000&limit=5"));

		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(21);
	}

	@Test
	void pageWhenUpstreamGivesMoreThanWasAskedForFails() {
		upstream.answer(Endpoint.RISK, WireMock.okJson(body(501, 0, 501).replace("\"totalCount\":501,", "")));

		Problems.check(gateway.get(FIRST_PAGE), 502, Problems.OWN + "upstream-failed");
	}

	@Test
	void pageWhenRestIsAskedMuchLaterAndUpstreamIsDownFailsAndHeadStays() {
		warm(list(800, 0, 500));
		clock.advance(Duration.ofMinutes(4));
		upstream.answer(Endpoint.RISK, WireMock.status(500));

		for (int request = 0; request < 20; request++) {
			Problems.check(gateway.get(LATER_PAGE), 502, Problems.OWN + "upstream-failed");
			assertThat(gateway.get(FIRST_PAGE).text()).isEqualTo(body(800, 9, 1));
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);

		upstream.reset();
		clock.advance(Duration.ofSeconds(2));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 500, 500));
		assertThat(gateway.get(LATER_PAGE).text()).isEqualTo(body(801, 450, 100));
		assertThat(gateway.get(FIRST_PAGE).text()).isEqualTo(body(801, 9, 1));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@Test
	void pageWhenHeadIsStaleAndUpstreamIsDownFailsAndHeadStays() {
		warm(list(800, 0, 500));
		clock.advance(Duration.ofHours(20));
		upstream.answer(Endpoint.RISK, WireMock.status(500));

		Problems.check(gateway.get(LATER_PAGE), 502, Problems.OWN + "upstream-failed");
		assertThat(gateway.get(FIRST_PAGE).text()).isEqualTo(body(800, 9, 1));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@Test
	void pageWhenUpstreamGoesDownBehindNewHeadLeavesOldListWhereItIs() {
		warm(list(1200, 0, 500), list(1200, 500, 500));
		clock.advance(Duration.ofMinutes(4));
		upstream.answer(Endpoint.RISK, WireMock.status(500));
		upstream.answerNext(Endpoint.RISK, 1, list(1201, 0, 500));

		Problems.check(gateway.get(path(5, "?offset=1100&limit=9")), 502, Problems.OWN + "upstream-failed");

		assertThat(gateway.get(LATER_PAGE).text()).isEqualTo(body(1200, 450, 100));
		assertThat(gateway.get(FIRST_PAGE).text()).isEqualTo(body(1200, 9, 1));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void pageWhenRestIsStoredIsAnsweredStaleWhileUpstreamIsDown() {
		warm(list(800, 0, 500), list(800, 500, 500));
		clock.advance(Duration.ofHours(20));
		upstream.answer(Endpoint.RISK, WireMock.status(500));

		Gateway.Response stale = gateway.get(LATER_PAGE);

		assertThat(stale.text()).isEqualTo(body(800, 450, 100));
		assertThat(stale.header("Age")).isEqualTo("72000");
		assertThat(stale.header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=stale; fwd-status=500; ttl=-71700; detail=stale-if-error");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenManyAskForRestMuchLaterIsReadAnewOnce() {
		gateway.getAll(50, "/v3/api-docs");
		warm(list(800, 0, 500));
		clock.advance(Duration.ofMinutes(4));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 0, 500).withFixedDelay(1_000));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 500, 500).withFixedDelay(200));

		List<Gateway.Response> responses = gateway.getAll(50, LATER_PAGE);

		assertThat(responses).extracting(Gateway.Response::text).containsOnly(body(801, 450, 100));
		assertThat(responses).extracting((response) -> response.header("Cache-Status"))
			.containsOnly("hypertracker-gateway; fwd=stale; fwd-status=200; stored",
					"hypertracker-gateway; fwd=stale; fwd-status=200; collapsed");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenListKeepsChangingFailsAndIsNotReadAnewEachTime() {
		warm(list(800, 0, 500));
		for (int total = 801; total < 900; total++) {
			upstream.answerNext(Endpoint.RISK, 1, list(total, total % 2 * 500, 500));
		}

		for (int request = 0; request < 20; request++) {
			Problems.check(gateway.get(LATER_PAGE), 502, Problems.OWN + "upstream-failed");
		}

		assertThat(gateway.get(FIRST_PAGE).text()).isEqualTo(body(800, 9, 1));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void pageWhenBlockIsOfAnotherListIsNotKept() {
		warm(list(800, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 500, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(800, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(801, 500, 500));
		Problems.check(gateway.get(LATER_PAGE), 502, Problems.OWN + "upstream-failed");
		clock.advance(Duration.ofSeconds(2));
		upstream.answerNext(Endpoint.RISK, 1, list(800, 500, 500));

		assertThat(gateway.get(LATER_PAGE).text()).isEqualTo(body(800, 450, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(5);
	}

	private void warm(ResponseDefinitionBuilder... blocks) {
		for (ResponseDefinitionBuilder block : blocks) {
			upstream.answerNext(Endpoint.RISK, 1, block);
		}
		assertThat(gateway.get((blocks.length == 1) ? FIRST_PAGE : LATER_PAGE).status()).isEqualTo(200);
	}

	private static ResponseDefinitionBuilder list(int total, int offset, int limit) {
		return WireMock.okJson(body(total, offset, limit));
	}

	private static String body(int total, int offset, int limit) {
		return IntStream.range(Math.min(offset, total), Math.min(offset + limit, total))
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\",\"of\":" + total + "}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + total + ",\"items\":[", "]}"));
	}

	private static String path(int segment, String query) {
		return "/api/external/" + segment + "/assets/liquidation-risk" + query;
	}

}
