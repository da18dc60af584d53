package io.htgateway.risk;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

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
	void pageWhenUpstreamGivesFewerItemsThanAskedIsNotServed() {
		upstream.answer(Endpoint.RISK, WireMock.okJson("{\"totalCount\":2,\"items\":[{}]}"));

		assertThat(gateway.get(path(5, "?limit=5")).status()).isEqualTo(502);
	}

	private static String path(int segment, String query) {
		return "/api/external/" + segment + "/assets/liquidation-risk" + query;
	}

}
