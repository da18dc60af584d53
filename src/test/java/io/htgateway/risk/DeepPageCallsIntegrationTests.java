package io.htgateway.risk;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Number of upstream calls over several lifetimes of a list with stale windows.
 */
@GatewayTest
class DeepPageCallsIntegrationTests extends DeepPageCalls {

	private static final Duration PAST_STALE_WHILE_REVALIDATE = Duration.ofMinutes(16);

	@Test
	void lifetimeWhenOnlyDeepPageIsReadCostsOneCallForEachBlock() {
		for (int lifetime = 0; lifetime < 3; lifetime++) {
			assertCalls(2, SECOND_BLOCK, SECOND_BLOCK);
		}
	}

	@Test
	void lifetimeWhenDeeperPageIsNotReadAnyMoreCostsOneCallLessLater() {
		assertCalls(3, THIRD_BLOCK);
		assertCalls(3, HEAD, SECOND_BLOCK);
		assertCalls(2, HEAD, SECOND_BLOCK);
	}

	@Test
	void lifetimeWhenDeepPageIsWantedFromTheCacheOnlyCostsOneCall() {
		assertCalls(2, SECOND_BLOCK);
		assertCalls(2, HEAD);
		assertOnlyIfCached(SECOND_BLOCK);
		assertCalls(1, HEAD);
	}

	@Test
	void lifetimeWhenDeepPageIsFirstWantedFromTheCacheOnlyAndThenReadCostsOneCallForEachBlockLater() {
		assertCalls(2, SECOND_BLOCK);
		for (int lifetime = 0; lifetime < 3; lifetime++) {
			assertCalls(2, HEAD);
			assertOnlyIfCached(SECOND_BLOCK);
			assertThat(gateway.get(SECOND_BLOCK).status()).isEqualTo(200);
		}
		assertCalls(2, HEAD, SECOND_BLOCK);
	}

	@ParameterizedTest
	@ValueSource(strings = { HEAD, SECOND_BLOCK })
	void reloadWhenClientWaitsForHeadReadsDeepPageThatWasRequested(String first) {
		assertCalls(2, SECOND_BLOCK);
		clock.advance(PAST_STALE_WHILE_REVALIDATE);

		assertCalls(2, first, HEAD, SECOND_BLOCK);
	}

	@Test
	void reloadWhenBlockIsSlowDoesNotDelayHead() {
		assertCalls(2, SECOND_BLOCK);
		clock.advance(PAST_STALE_WHILE_REVALIDATE);
		upstream.reset();
		upstream.answerNext(Endpoint.RISK, 1, WireMock.okJson(body("new", 0, 500)));
		upstream.answerNext(Endpoint.RISK, 1, WireMock.okJson(body("new", 500, 500)).withFixedDelay(1_500));

		long start = System.nanoTime();
		Gateway.Response head = gateway.get(HEAD);
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		Gateway.Response deep = gateway.get(SECOND_BLOCK);

		assertThat(head.text()).isEqualTo(body("new", 0, 3));
		assertThat(took).isLessThan(Duration.ofMillis(1_400));
		assertThat(deep.text()).isEqualTo(body("new", 600, 2));
		assertThat(deep.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; collapsed");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@Test
	void reloadWhenListHasBecomeShortReadsNoMore() {
		assertCalls(3, THIRD_BLOCK);
		clock.advance(LIFETIME);
		upstream.reset();
		upstream.answer(Endpoint.RISK, WireMock.okJson("{\"totalCount\":1,\"items\":[{\"coin\":\"A\"}]}"));

		gateway.get(HEAD);
		Awaitility.await().until(() -> gateway.get(HEAD).text().contains("\"A\""));

		assertThat(gateway.get(SECOND_BLOCK).text()).isEqualTo("{\"totalCount\":1,\"items\":[]}");
		assertThat(upstream.calls(Endpoint.RISK)).isOne();
	}

	@Test
	void reloadWhenBlockFailsLeavesHeadAndHasDeepPageReadAnew() {
		assertCalls(2, SECOND_BLOCK);
		clock.advance(LIFETIME);
		upstream.reset();
		upstream.answer(Endpoint.RISK, WireMock.status(500));
		upstream.answerNext(Endpoint.RISK, 1, WireMock.okJson(body("new", 0, 500)));

		gateway.get(HEAD);
		Awaitility.await().until(() -> upstream.calls(Endpoint.RISK) == 2);
		Awaitility.await().until(() -> cache.loadsInFlight() == 0);
		Awaitility.await().until(() -> gateway.get(HEAD).text().equals(body("new", 0, 3)));
		clock.advance(BETWEEN);
		upstream.reset();
		upstream.answerNext(Endpoint.RISK, 1, WireMock.okJson(body("newer", 0, 500)));
		upstream.answerNext(Endpoint.RISK, 1, WireMock.okJson(body("newer", 500, 500)));

		assertThat(gateway.get(SECOND_BLOCK).text()).isEqualTo(body("newer", 600, 2));
		assertThat(gateway.get(HEAD).text()).isEqualTo(body("newer", 0, 3));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

}
