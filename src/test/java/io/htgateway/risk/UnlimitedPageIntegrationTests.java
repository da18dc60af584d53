package io.htgateway.risk;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.cache.load.CacheContents;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages without a limit, whose length the upstream chooses: 100 items unless a test sets
 * it.
 */
@GatewayTest
class UnlimitedPageIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private CacheContents contents;

	@Test
	void pageWhenFiftyOffsetsOfOneCohortAreAskedForCostsOneCallToLearnAndOneForTheList() {
		for (int number = 0; number < 50; number++) {
			int offset = number * 7;

			assertThat(gateway.get(path(5, "?offset=" + offset)).body()).as("offset %s", offset)
				.isEqualTo(upstream.riskBody(5, offset, 100));
		}
		assertThat(upstream.requests(Endpoint.RISK)).extracting((request) -> request.getUrl())
			.containsExactly(path(5, ""), path(5, "?offset=0&limit=500"));
	}

	@Test
	void pageWhenSizeWasLearntFromOneCohortCostsOneCallForEachOther() {
		for (int segment = 1; segment <= 16; segment++) {
			assertThat(gateway.get(path(segment, "?offset=150")).body())
				.isEqualTo(upstream.riskBody(segment, 150, 100));
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(17);
	}

	@Test
	void pageWhenFirstPageWasLoadedToLearnIsCutFromIt() {
		Gateway.Response first = gateway.get(path(5, ""));
		Gateway.Response again = gateway.get(path(5, "?offset=0"));
		Gateway.Response part = gateway.get(path(5, "?offset=3&limit=97"));

		assertThat(first.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");
		assertThat(first.body()).isEqualTo(upstream.riskBody(5, 0, 100));
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
		assertThat(again.header("Cache-Status")).contains("; hit; ");
		assertThat(part.body()).isEqualTo(upstream.riskBody(5, 3, 97));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?offset=3&limit=98", "?limit=500", "?offset=100", "?offset=1" })
	void pageWhenItEndsBehindTheFirstPageIsCutFromTheWholeList(String query) {
		gateway.get(path(5, ""));

		Gateway.Response response = gateway.get(path(5, query));

		assertThat(response.body()).isEqualTo(page(query));
		assertThat(gateway.get(path(5, "")).body()).isEqualTo(upstream.riskBody(5, 0, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "294", "295", "900", "1000000" })
	void pageWhenOffsetIsBehindTheLastItemIsEmptyAndCostsNothingMore(String offset) {
		gateway.get(path(5, ""));

		assertThat(gateway.get(path(5, "?offset=" + offset)).text()).isEqualTo("{\"totalCount\":294,\"items\":[]}");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void pageWhenManyOffsetsAreAskedForLeavesFewEntries() {
		gateway.get(path(5, ""));
		gateway.get(path(5, "?offset=100"));
		int before = contents.hottest(1_000).size();

		for (int offset = 101; offset < 200; offset++) {
			gateway.get(path(5, "?offset=" + offset * 1_000));
		}
		assertThat(contents.hottest(1_000)).hasSize(before);
	}

	@Test
	void pageWhenManyAreAskedForAtOnceAreLearntFromOneCall() {
		gateway.getAll(50, "/v3/api-docs");

		List<Gateway.Response> responses = IntStream.range(0, 100)
			.mapToObj((number) -> gateway.send("GET", path(6, "?offset=" + number * 2)))
			.toList()
			.stream()
			.map((response) -> response.join())
			.toList();

		for (int number = 0; number < 100; number++) {
			assertThat(responses.get(number).body()).isEqualTo(upstream.riskBody(6, number * 2, 100));
		}
		assertThat(upstream.requests(Endpoint.RISK)).extracting((request) -> request.getUrl())
			.containsExactlyInAnyOrder(path(6, ""), path(6, "?offset=0&limit=500"));
	}

	@Test
	void pageWhenListIsCachedAlreadyIsCutFromItOnceSizeIsLearnt() {
		byte[] page = upstream.riskBody(5, 20, 100);
		gateway.get(path(5, "?limit=1"));
		clock.advance(Duration.ofSeconds(40));

		Gateway.Response response = gateway.get(path(5, "?offset=20"));

		assertThat(response.body()).isEqualTo(page);
		assertThat(response.header("Age")).isEqualTo("40");
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
		assertThat(gateway.get(path(5, "?offset=20")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=260");
		assertThat(gateway.get(path(5, "?offset=30")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=260");
	}

	@Test
	void pageWhenFirstCohortIsShorterThanTheDefaultIsLearntFromALongerOne() {
		upstream.answerNext(Endpoint.RISK, 1, list(20, 0, 20));

		assertThat(gateway.get(path(3, "")).text()).isEqualTo(body(20, 0, 20));
		assertThat(gateway.get(path(3, "?offset=5")).text()).isEqualTo(body(20, 5, 15));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(gateway.get(path(5, "?offset=10")).body()).isEqualTo(upstream.riskBody(5, 10, 100));
		assertThat(gateway.get(path(7, "?offset=10")).body()).isEqualTo(upstream.riskBody(7, 10, 100));
		assertThat(upstream.requests(Endpoint.RISK)).extracting((request) -> request.getUrl())
			.containsExactly(path(3, ""), path(5, "?offset=0&limit=500"), path(5, ""), path(7, "?offset=0&limit=500"));
	}

	@Test
	void pageWhenUpstreamHasNoDefaultIsTheRestOfTheList() {
		upstream.answerNext(Endpoint.RISK, 1, list(294, 0, 294));
		gateway.get(path(5, ""));

		assertThat(gateway.get(path(5, "?offset=50")).text()).isEqualTo(body(294, 50, 294));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void pageWhenUpstreamGivesMoreThanFiveHundredWithoutALimitIsCutFromAllOfThem() {
		upstream.answerNext(Endpoint.RISK, 1, list(800, 0, 800));
		assertThat(gateway.get(path(5, "")).text()).isEqualTo(body(800, 0, 800));
		assertThat(gateway.get(path(5, "?offset=300")).text()).isEqualTo(body(800, 300, 500));
		assertThat(gateway.get(path(5, "?offset=450&limit=100")).text()).isEqualTo(body(800, 450, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);

		clock.advance(Duration.ofMinutes(16));
		upstream.answerNext(Endpoint.RISK, 1, list(800, 0, 500));
		upstream.answerNext(Endpoint.RISK, 1, list(800, 500, 300));
		assertThat(gateway.get(path(5, "")).text()).isEqualTo(body(800, 0, 800));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenTotalIsNotToldIsAsLongAsTheFirstPage() {
		upstream.answerNext(Endpoint.RISK, 1, untold(294, 0, 30));
		upstream.answerNext(Endpoint.RISK, 1, untold(294, 0, 294));
		upstream.answerNext(Endpoint.RISK, 1, untold(294, 0, 30));

		for (int offset = 0; offset < 300; offset += 10) {
			assertThat(gateway.get(path(5, "?offset=" + offset)).text())
				.isEqualTo(body(294, offset, 30).replace("\"totalCount\":294,", ""));
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenDefaultHasChangedIsLearntAgainADayLater() {
		gateway.get(path(5, ""));
		clock.advance(Duration.ofHours(25));
		upstream.answerNext(Endpoint.RISK, 2, list(294, 0, 50));

		assertThat(gateway.get(path(5, "")).text()).isEqualTo(body(294, 0, 50));
		assertThat(gateway.get(path(5, "?offset=7&limit=3")).text()).isEqualTo(body(294, 7, 3));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
		assertThat(gateway.get(path(6, "?offset=7")).body()).isEqualTo(upstream.riskBody(6, 7, 50));
	}

	@Test
	void pageWhenNothingCanBeLearntFailsForItsCohortAlone() {
		upstream.answerNext(Endpoint.RISK, 1, WireMock.jsonResponse("{\"message\":\"no\"}", 422));

		Problems.check(gateway.get(path(4, "")), 422, Problems.OWN + "upstream-rejected");
		assertThat(gateway.get(path(4, "?offset=9")).status()).isEqualTo(422);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(gateway.get(path(5, "?offset=9")).body()).isEqualTo(upstream.riskBody(5, 9, 100));
	}

	@Test
	void pageWhenSizeIsOldAndUpstreamIsDownIsCutFromWhatIsStored() {
		gateway.get(path(5, ""));
		clock.advance(Duration.ofHours(20));
		gateway.get(path(5, "?limit=500"));
		clock.advance(Duration.ofHours(5));
		upstream.answer(Endpoint.RISK, WireMock.status(500));

		Gateway.Response stale = gateway.get(path(5, "?offset=40"));

		assertThat(stale.status()).isEqualTo(200);
		assertThat(stale.header("Age")).isEqualTo("18000");
		assertThat(stale.json().get("items")).hasSize(100);
		assertThat(stale.header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=stale; fwd-status=500; ttl=-17700; detail=stale-if-error");
		assertThat(gateway.get(path(5, "?offset=40")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=-17700; detail=backoff");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenSizeIsOldAndListIsFreshAndUpstreamIsDownIsNoHit() {
		gateway.get(path(5, ""));
		clock.advance(Duration.ofHours(25));
		gateway.get(path(5, "?limit=500"));
		clock.advance(Duration.ofMinutes(1));
		upstream.answer(Endpoint.RISK, WireMock.status(500));

		assertThat(gateway.get(path(5, "?offset=40")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=stale; fwd-status=500; ttl=240; detail=stale-if-error");
		assertThat(gateway.get(path(5, "?offset=41")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=240; detail=backoff");
		assertThat(gateway.get(path(5, "?offset=40"), "Cache-Control", "only-if-cached").header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=240");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenSizeTurnsOutTooSmallAndIsLearntAgainIsNoHit() {
		upstream.answerNext(Endpoint.RISK, 1, list(20, 0, 20));
		gateway.get(path(3, ""));
		gateway.get(path(5, "?limit=500"));

		assertThat(gateway.get(path(5, "?offset=10")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");
		assertThat(gateway.get(path(5, "?offset=10")).header("Cache-Status")).contains("; hit; ");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void pageWhenOnlyCachedIsWantedAndSizeIsUnknownCostsNothing() {
		assertThat(gateway.get(path(9, ""), "Cache-Control", "only-if-cached").status()).isEqualTo(504);
		assertThat(upstream.calls(Endpoint.RISK)).isZero();
	}

	private byte[] page(String query) {
		String[] numbers = query.replaceAll("[^0-9&]", "").split("&", -1);
		int offset = query.contains("offset") ? Integer.parseInt(numbers[0]) : 0;
		return upstream.riskBody(5, offset,
				query.contains("limit") ? Integer.parseInt(numbers[numbers.length - 1]) : 100);
	}

	private static ResponseDefinitionBuilder list(int total, int offset, int limit) {
		return WireMock.okJson(body(total, offset, limit));
	}

	private static ResponseDefinitionBuilder untold(int total, int offset, int limit) {
		return WireMock.okJson(body(total, offset, limit).replace("\"totalCount\":" + total + ",", ""));
	}

	private static String body(int total, int offset, int limit) {
		return IntStream.range(Math.min(offset, total), Math.min(offset + limit, total))
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\"}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + total + ",\"items\":[", "]}"));
	}

	private static String path(int segment, String query) {
		return "/api/external/" + segment + "/assets/liquidation-risk" + query;
	}

}
