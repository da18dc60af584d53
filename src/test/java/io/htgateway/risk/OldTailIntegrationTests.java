package io.htgateway.risk;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long cohorts whose first items stay byte for byte the same, while the others change.
 */
@GatewayTest
class OldTailIntegrationTests {

	private static final String PATH = "/api/external/5/assets/liquidation-risk";

	private static final String HEAD = PATH + "?limit=3";

	private static final String TAIL = PATH + "?offset=600&limit=2";

	private static final int TOTAL = 1203;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private ResponseCache cache;

	@Test
	void pageWhenHeadIsLoadedAgainWithTheSameBytesIsOfTheNewLoad() {
		load("old");
		clock.advance(Duration.ofMinutes(16));
		answer("new", 0);
		answer("new", 500);
		Gateway.Response head = gateway.get(HEAD);

		Gateway.Response tail = gateway.get(TAIL);

		assertThat(head.header("Age")).isEqualTo("0");
		assertThat(tail.text()).isEqualTo(body("new", 600, 2));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
		assertThat(gateway.get(TAIL).body()).isEqualTo(tail.body());
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void pageWhenOnlyHeadWasLoadedAgainLongAgoIsReadAnew() {
		load("old");
		clock.advance(Duration.ofMinutes(16));
		answer("new", 0);
		gateway.get(HEAD);
		awaitLoads(4);
		clock.advance(Duration.ofMinutes(1));
		answer("newer", 0);
		answer("newer", 500);

		assertThat(gateway.get(TAIL).text()).isEqualTo(body("newer", 600, 2));
	}

	@Test
	void pageWhenOnlyCachedIsWantedIsNoneOfAnEarlierLoad() {
		load("old");
		clock.advance(Duration.ofMinutes(16));
		answer("new", 0);
		gateway.get(HEAD);

		assertThat(gateway.get(TAIL, "Cache-Control", "only-if-cached").status()).isEqualTo(504);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?cohort=5", "?endpoint=risk", "?endpoint=risk&cohort=5" })
	void pageWhenPurgedIsStaleAndThenOfTheNewLoad(String purge) {
		load("old");
		clock.advance(Duration.ofSeconds(30));
		assertThat(gateway.actuator("DELETE", "/gateway" + purge).status()).isEqualTo(200);
		answer("new", 0);
		answer("new", 500);

		Gateway.Response stale = gateway.get(TAIL);

		assertThat(stale.text()).isEqualTo(body("old", 600, 2));
		assertThat(stale.header("Age")).isEqualTo("30");
		assertThat(stale.header("Cache-Status")).contains("stale-while-revalidate");
		Awaitility.await().untilAsserted(() -> assertThat(gateway.get(TAIL).text()).isEqualTo(body("new", 600, 2)));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void pageWhenHeadIsReplacedWhileBlockIsLoadedIsOfOneLoadEach() {
		answer("old", 0);
		gateway.get(HEAD);
		upstream.answerNext(Endpoint.RISK, 1, block("old", 500).withFixedDelay(1_500));
		CompletableFuture<Gateway.Response> slow = gateway.send("GET", TAIL);
		Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2));
		clock.advance(Duration.ofMinutes(16));
		answer("new", 0);
		gateway.get(HEAD);
		answer("new", 500);

		assertThat(gateway.get(TAIL).text()).isEqualTo(body("new", 600, 2));
		assertThat(slow.join().text()).isEqualTo(body("old", 600, 2));
		assertThat(gateway.get(TAIL).text()).isEqualTo(body("new", 600, 2));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void pageWhenUpstreamGivesABlockOlderThanItsHeadIsAsOldAsTheBlock() {
		upstream.answerNext(Endpoint.RISK, 1, block("old", 0).withHeader("Age", "7"));
		upstream.answerNext(Endpoint.RISK, 1, block("old", 500).withHeader("Age", "100"));

		Gateway.Response tail = gateway.get(TAIL);
		clock.advance(Duration.ofSeconds(5));

		assertThat(tail.header("Age")).isEqualTo("100");
		assertThat(gateway.get(TAIL).header("Age")).isEqualTo("105");
		assertThat(gateway.get(TAIL).header("Age")).isEqualTo("105");
		assertThat(gateway.get(HEAD).header("Age")).isEqualTo("12");
	}

	@Test
	void pageWhenBlockIsLoadedLaterThanItsHeadIsAsOldAsTheHead() {
		answer("old", 0);
		gateway.get(HEAD);
		clock.advance(Duration.ofSeconds(9));
		answer("old", 500);

		assertThat(gateway.get(TAIL).header("Age")).isEqualTo("9");
	}

	@Test
	void pageWhenOffsetIsBehindTheLastItemReadsNothingMore() {
		answer("old", 0);
		gateway.get(HEAD);

		assertThat(gateway.get(PATH + "?offset=1203&limit=500").text()).isEqualTo(body("old", 1203, 500));
		assertThat(gateway.get(PATH + "?offset=1000000&limit=1").text()).isEqualTo(body("old", 1203, 1));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	// The blocks after a head are loaded after the response with the head.
	private void awaitLoads(int calls) {
		Awaitility.await().untilAsserted(() -> {
			assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(calls);
			assertThat(cache.loadsInFlight()).isZero();
		});
	}

	private void load(String state) {
		answer(state, 0);
		answer(state, 500);
		assertThat(gateway.get(TAIL).text()).isEqualTo(body(state, 600, 2));
	}

	private void answer(String state, int offset) {
		upstream.answerNext(Endpoint.RISK, 1, block(state, offset));
	}

	private static ResponseDefinitionBuilder block(String state, int offset) {
		return WireMock.okJson(body(state, offset, 500));
	}

	private static String body(String state, int offset, int limit) {
		return IntStream.range(Math.min(offset, TOTAL), Math.min(offset + limit, TOTAL))
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\",\"of\":\"" + ((item < 500) ? "all" : state) + "\"}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + TOTAL + ",\"items\":[", "]}"));
	}

}
