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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class RiskIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void pageWhenFiftyPagesOfOneCohortIsUpstreamsOwnAndCostsOneCall() {
		for (int number = 0; number < 50; number++) {
			int offset = number * 7;
			int limit = 1 + number * 10;

			Gateway.Response response = gateway.get(path(5, "?offset=" + offset + "&limit=" + limit));

			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(upstream.riskBody(5, offset, limit));
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void pageWhenManyAskForDifferentPagesOfColdCohortCostsOneCall() {
		List<Gateway.Response> responses = IntStream.range(0, 200)
			.mapToObj((number) -> gateway.send("GET", path(7, "?limit=10&offset=" + number)))
			.toList()
			.stream()
			.map((response) -> response.join())
			.toList();

		assertThat(responses).extracting(Gateway.Response::status).containsOnly(200);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void pageKeepsEveryDigitAndUnknownField() {
		String page = gateway.get(path(3, "?limit=500")).text();

		assertThat(page).contains("50791.1900", "1e-8", "\"note\":").containsPattern("\"id\":[0-9]{20}");
	}

	@Test
	void pageWhenOffsetIsBehindLastItemIsEmpty() {
		Gateway.Response response = gateway.get(path(5, "?offset=1000000&limit=5"));

		assertThat(response.text()).isEqualTo("{\"totalCount\":294,\"items\":[]}");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void pageWhenLimitIsAbsentIsForwardedWithoutItAndCachedByItself() {
		gateway.get(path(5, ""));
		Gateway.Response response = gateway.get(path(5, "?offset=0"));

		assertThat(response.body()).isEqualTo(upstream.riskBody(5, 0, 100));
		assertThat(upstream.requests(Endpoint.RISK)).singleElement()
			.satisfies((request) -> assertThat(request.getUrl()).isEqualTo(path(5, "")));
	}

	@Test
	void pageWhenTtlIsOverIsLoadedAgain() {
		gateway.get(path(5, "?limit=5"));
		clock.advance(Duration.ofMinutes(16));

		Gateway.Response response = gateway.get(path(5, "?limit=5"));

		assertThat(response.body()).isEqualTo(upstream.riskBody(5, 0, 5));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

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
	void pageWhenUpstreamGivesFewerItemsThanAskedIsNotServed() {
		upstream.answer(Endpoint.RISK, list(800, 0, 100));

		assertThat(gateway.get(path(5, "?limit=5")).status()).isEqualTo(502);
	}

	@Test
	void pageWhenUpstreamNeverEndsIsNotReadForEver() {
		upstream.answer(Endpoint.RISK, WireMock.okJson(body(500, 0, 500).replace("\"totalCount\":500,", "")));

		gateway.get(path(5, "?offset=1000000&limit=5"));

		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(21);
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
