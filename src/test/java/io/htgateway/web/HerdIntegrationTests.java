package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.LoadWaiters;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many clients at once that wait or disconnect.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.cache.max-waiters=20", "gateway.cache.max-loads=4" })
class HerdIntegrationTests {

	private static final String RISK = "/api/external/10/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = "/api/external/exports/coins/XRP/liquidation-heatmap";

	private static final String OVERLOADED = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private LoadWaiters waiters;

	private int waitersBefore;

	@BeforeEach
	void connectionsAreOpen() {
		waitersBefore = waiters.count();
		gateway.getAll(200, "/v3/api-docs");
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void requestsWhenManyAskJustAfterExpiryAllAreAnsweredAtOnceAndOneLoadRuns(String target) {
		Gateway.Response old = gateway.get(target);
		clock.advance(Duration.ofMinutes(5).plusMillis(1));
		upstream.hold(endpoint(target));

		List<Gateway.Response> responses = gateway.getAll(200, target);

		upstream.release(endpoint(target));
		assertThat(responses).allSatisfy((response) -> {
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(old.body());
			assertThat(response.header("Cache-Status")).endsWith("; hit; ttl=-1; detail=stale-while-revalidate");
		});
		awaitHit(target);
		assertThat(upstream.calls(endpoint(target))).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void requestsWhenLeaderDisconnectsOthersAreAnsweredByItsLoad(String target) {
		upstream.delay(endpoint(target), Duration.ofMillis(800));
		RawClient leader = RawClient.of(gateway);
		leader.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
		Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(endpoint(target))).isEqualTo(1));
		List<CompletableFuture<Gateway.Response>> others = gateway.sendAll(15, target);
		leader.reset();

		assertThat(others).extracting(CompletableFuture::join).extracting(Gateway.Response::status).containsOnly(200);
		assertThat(gateway.get(target).header("Cache-Status")).contains("; hit; ");
		assertThat(upstream.calls(endpoint(target))).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void requestsWhenAllDisconnectLoadCompletesAndIsCached(String target) {
		upstream.delay(endpoint(target), Duration.ofMillis(500));
		for (int client = 0; client < 3; client++) {
			RawClient leaving = RawClient.of(gateway);
			leaving.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
			Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(endpoint(target))).isEqualTo(1));
			leaving.reset();
		}

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(gateway.get(target, "Cache-Control", "only-if-cached").status()).isEqualTo(200));
		assertThat(upstream.calls(endpoint(target))).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void requestsWhenClientOfLeaderHasShorterTimeoutOthersAreAnsweredByItsLoad(String target) {
		upstream.hold(endpoint(target));
		try (RawClient leader = RawClient.of(gateway)) {
			leader.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
			Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(endpoint(target))).isEqualTo(1));
			assertThat(leader.isOpenFor(Duration.ofMillis(200))).isTrue();
		}

		List<CompletableFuture<Gateway.Response>> others = gateway.sendAll(15, target);
		waiters.await(15, waitersBefore);
		upstream.release(endpoint(target));

		assertThat(others).extracting(CompletableFuture::join).allSatisfy((response) -> {
			assertThat(response.status()).isEqualTo(200);
			assertThat(status(response)).endsWith("; fwd=uri-miss; collapsed");
		});
		assertThat(status(gateway.get(target))).contains("; hit; ");
		assertThat(upstream.calls(endpoint(target))).isEqualTo(1);
	}

	@Test
	void requestsWhenLoadFailsWaitersShareItAndNextTryIsAfterBackoff() {
		upstream.answer(Endpoint.RISK, WireMock.status(500).withFixedDelay(500));

		List<Gateway.Response> responses = gateway.getAll(20, RISK);

		assertThat(responses).allSatisfy((response) -> Problems.check(response, 502, Problems.OWN + "upstream-failed"));
		Problems.check(gateway.get(RISK), 502, Problems.OWN + "upstream-failed");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		upstream.reset();
		clock.advance(Duration.ofMillis(1_200));
		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void requestsWhenMoreWaitThanMayTheRestIsRefusedAtOnce() {
		upstream.hold(Endpoint.RISK);

		List<CompletableFuture<Gateway.Response>> all = gateway.sendAll(60, RISK);
		Awaitility.await()
			.untilAsserted(() -> assertThat(all).filteredOn(CompletableFuture::isDone).as("refused").hasSize(40));
		Map<Boolean, List<CompletableFuture<Gateway.Response>>> done = all.stream()
			.collect(Collectors.partitioningBy(CompletableFuture::isDone));
		assertThat(done.get(true)).extracting(CompletableFuture::join).allSatisfy((response) -> {
			Problems.check(response, 503, OVERLOADED);
			assertThat(response.header("Retry-After")).isEqualTo("1");
		});
		upstream.release(Endpoint.RISK);
		assertThat(done.get(false)).extracting(CompletableFuture::join)
			.extracting(Gateway.Response::status)
			.hasSize(20)
			.containsOnly(200);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(gateway.get(RISK).header("Cache-Status")).contains("; hit; ");
	}

	@Test
	void requestsWhenMoreLoadsAreNeededThanMayRunRestIsRefusedWhenColdAndStaleOtherwise() {
		for (int segment = 1; segment <= 16; segment++) {
			gateway.get(segment(segment));
		}
		clock.advance(Duration.ofMinutes(5));
		upstream.hold(Endpoint.RISK);

		List<Gateway.Response> responses = IntStream.rangeClosed(1, 16)
			.mapToObj((segment) -> gateway.get(segment(segment)))
			.toList();

		assertThat(responses).extracting(Gateway.Response::status).containsOnly(200);
		assertThat(responses).filteredOn((response) -> status(response).endsWith("detail=stale-while-revalidate"))
			.hasSize(4);
		assertThat(responses).filteredOn((response) -> status(response).endsWith("; hit; ttl=0; detail=overload"))
			.hasSize(12);
		Problems.check(gateway.get(HEATMAP), 503, OVERLOADED);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isZero();
		upstream.release(Endpoint.RISK);
		IntStream.rangeClosed(1, 4).forEach((segment) -> awaitHit(segment(segment)));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(20);
	}

	// This test is here because this gateway is another instance than that of most tests.
	@Test
	void requestsWhenInstanceIsAnotherTagsAreTheSame() throws Exception {
		EntityTagIntegrationTests.assertTagsAreMadeOfBytesAlone(gateway);
	}

	private void awaitHit(String target) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(status(gateway.get(target, "Cache-Control", "only-if-cached")))
				.endsWith("; hit; ttl=300"));
	}

	private static String status(Gateway.Response response) {
		return response.header("Cache-Status");
	}

	private static String segment(int number) {
		return RISK.replace("/10/", "/" + number + "/");
	}

	private static Endpoint endpoint(String target) {
		return target.equals(HEATMAP) ? Endpoint.HEATMAP : Endpoint.RISK;
	}

}
