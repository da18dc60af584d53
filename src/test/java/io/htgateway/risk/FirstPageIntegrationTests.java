package io.htgateway.risk;

import java.time.Duration;
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
 * First pages that need confirmation, and first pages that cannot be stored as usual.
 */
@GatewayTest
class FirstPageIntegrationTests {

	private static final String UNTOLD = "{\"items\":[]}";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void pageWhenFirstPageHasNoneOfManyItemsIsRefusedAndNothingIsLearnt() {
		upstream.answerNext(Endpoint.RISK, 1, list(1203, 0));

		Problems.check(gateway.get(path(5, "")), 502, Problems.OWN + "upstream-failed");
		assertThat(gateway.get(path(6, "")).body()).isEqualTo(upstream.riskBody(6, 0, 100));
		clock.advance(Duration.ofSeconds(30));
		assertThat(gateway.get(path(5, "")).body()).isEqualTo(upstream.riskBody(5, 0, 100));
	}

	@Test
	void pageWhenListIsKnownToHaveItemsAndFirstPageHasNoneIsRefused() {
		gateway.get(path(5, "?limit=500"));
		upstream.answerNext(Endpoint.RISK, 2, WireMock.okJson(UNTOLD));

		assertThat(gateway.get(path(5, "")).status()).isEqualTo(502);
		assertThat(gateway.get(path(6, "")).body()).isEqualTo(upstream.riskBody(6, 0, 100));
	}

	@Test
	void pageWhenFirstPageHasNoneOfManyItemsIsCutFromWhatIsStored() {
		gateway.get(path(5, ""));
		clock.advance(Duration.ofHours(20));
		gateway.get(path(5, "?limit=500"));
		clock.advance(Duration.ofHours(5));
		upstream.answerNext(Endpoint.RISK, 1, list(1203, 0));

		Gateway.Response stale = gateway.get(path(5, ""));

		assertThat(stale.status()).isEqualTo(200);
		assertThat(stale.json().get("items")).hasSize(100);
	}

	@Test
	void pageWhenFirstPageIsShorterThanKnownOnceIsAsLongAsKnown() {
		gateway.get(path(5, ""));
		clock.advance(Duration.ofHours(25));
		upstream.answerNext(Endpoint.RISK, 1, list(1203, 3));

		assertThat(gateway.get(path(5, "")).body()).isEqualTo(upstream.riskBody(5, 0, 100));
		assertThat(gateway.get(path(6, "")).body()).isEqualTo(upstream.riskBody(6, 0, 100));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void pageWhenFirstPagesDifferAndAreShorterThanKnownIsRefusedAndNothingIsLearnt() {
		gateway.get(path(5, ""));
		clock.advance(Duration.ofHours(25));
		upstream.answerNext(Endpoint.RISK, 1, list(1203, 3));
		upstream.answerNext(Endpoint.RISK, 1, list(1203, 4));

		assertThat(gateway.get(path(6, "")).status()).isEqualTo(502);
		assertThat(gateway.get(path(5, "")).body()).isEqualTo(upstream.riskBody(5, 0, 100));
	}

	@Test
	void pageWhenTooShortASizeWasLearntIsRightAfterAPurge() {
		gateway.get(path(5, ""));
		clock.advance(Duration.ofHours(25));
		upstream.answerNext(Endpoint.RISK, 2, list(1203, 3));
		assertThat(gateway.get(path(5, "")).json().get("items")).hasSize(3);

		assertThat(gateway.actuator("DELETE", "/gateway?endpoint=risk").text())
			.isEqualTo("{\"found\":1,\"expired\":1}");

		assertThat(gateway.get(path(6, "")).body()).isEqualTo(upstream.riskBody(6, 0, 100));
	}

	@Test
	void pageWhenPurgedAndUpstreamIsDownIsStaleAndAsLongAsBefore() {
		gateway.get(path(5, ""));
		gateway.actuator("DELETE", "/gateway?endpoint=risk");
		upstream.answer(Endpoint.RISK, WireMock.status(500));

		Gateway.Response stale = gateway.get(path(5, ""));

		assertThat(stale.status()).isEqualTo(200);
		assertThat(stale.json().get("items")).hasSize(100);
	}

	@Test
	void pageWhenLoadOfTheListHasJustFailedIsTheFirstPage() {
		upstream.answer(Endpoint.RISK, WireMock.status(500));
		assertThat(gateway.get(path(5, "?limit=500")).status()).isEqualTo(502);
		int calls = upstream.calls(Endpoint.RISK);
		upstream.reset();

		assertThat(gateway.get(path(5, "")).body()).isEqualTo(upstream.riskBody(5, 0, 100));
		assertThat(gateway.get(path(5, "")).body()).isEqualTo(upstream.riskBody(5, 0, 100));
		assertThat(calls).isPositive();
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	private static ResponseDefinitionBuilder list(int total, int items) {
		return WireMock.okJson(IntStream.range(0, items)
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\"}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + total + ",\"items\":[", "]}")));
	}

	private static String path(int segment, String query) {
		return "/api/external/" + segment + "/assets/liquidation-risk" + query;
	}

}
