package io.htgateway.risk;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests pages of a cohort with 1203 assets over several lifetimes and counts the
 * upstream calls. These tests apply to lists with and without stale windows.
 */
abstract class DeepPageCalls {

	static final String PATH = "/api/external/5/assets/liquidation-risk";

	static final String HEAD = PATH + "?limit=3";

	static final String SECOND_BLOCK = PATH + "?offset=600&limit=2";

	static final String THIRD_BLOCK = PATH + "?offset=1100&limit=2";

	static final int TOTAL = 1203;

	static final Duration LIFETIME = Duration.ofMinutes(5);

	static final Duration BETWEEN = Duration.ofMinutes(1);

	@Autowired
	Gateway gateway;

	@Autowired
	SimulatedHyperTracker upstream;

	@Autowired
	ResponseCache cache;

	@Autowired
	MutableClock clock;

	private int state;

	@Test
	void lifetimeWhenOnlyHeadIsReadCostsOneCall() {
		for (int lifetime = 0; lifetime < 3; lifetime++) {
			assertCalls(1, HEAD, HEAD);
		}
	}

	@Test
	void lifetimeWhenOnlyDeepestPageIsReadCostsOneCallForEachBlock() {
		for (int lifetime = 0; lifetime < 3; lifetime++) {
			assertCalls(3, THIRD_BLOCK, THIRD_BLOCK);
		}
	}

	@Test
	void lifetimeWhenHeadAndDeepPagesAreReadCostsOneCallForEachBlock() {
		assertCalls(3, THIRD_BLOCK, HEAD);
		for (int lifetime = 0; lifetime < 3; lifetime++) {
			assertCalls(3, HEAD, SECOND_BLOCK, THIRD_BLOCK);
			assertCalls(3, SECOND_BLOCK, HEAD, THIRD_BLOCK);
		}
	}

	@Test
	void lifetimeWhenDeepPageIsNotReadAnyMoreCostsOneCallLater() {
		assertCalls(2, SECOND_BLOCK);
		assertCalls(2, HEAD);
		assertCalls(1, HEAD);
		assertCalls(1, HEAD);
	}

	// The first response may be stale while the list is reloaded in the background.
	final void assertCalls(int calls, String first, String... others) {
		clock.advance(LIFETIME);
		upstream.reset();
		state++;
		for (int block = 0; block < 3; block++) {
			upstream.answerNext(Endpoint.RISK, 1, WireMock.okJson(body(Integer.toString(state), block * 500, 500)));
		}
		assertThat(gateway.get(first).status()).isEqualTo(200);
		Awaitility.await().until(() -> gateway.get(HEAD).text().equals(body(Integer.toString(state), 0, 3)));
		Awaitility.await().until(() -> upstream.calls(Endpoint.RISK) >= calls);
		Awaitility.await().until(() -> cache.loadsInFlight() == 0);
		for (String target : others) {
			clock.advance(BETWEEN);
			assertThat(gateway.get(target).text()).isEqualTo(page(target));
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(calls);
	}

	final void assertOnlyIfCached(String target) {
		assertThat(gateway.get(target, "Cache-Control", "only-if-cached").text()).isEqualTo(page(target));
	}

	private String page(String target) {
		int offset = target.contains("offset=") ? Integer.parseInt(target.replaceAll(".*offset=|&.*", "")) : 0;
		return body(Integer.toString(state), offset, Integer.parseInt(target.replaceAll(".*limit=", "")));
	}

	static String body(String state, int offset, int limit) {
		return IntStream.range(Math.min(offset, TOTAL), Math.min(offset + limit, TOTAL))
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\",\"of\":\"" + state + "\"}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + TOTAL + ",\"items\":[", "]}"));
	}

}
