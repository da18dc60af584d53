package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.Priority;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.LoadWaiters;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.Dates;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that wait for a background load which the budget then refuses, because calls
 * are reserved for interactive requests.
 */
@GatewayTest
class RefusedReloadIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk";

	private static final String HEAD = RISK + "?limit=3";

	private static final String DEEP_PAGE = RISK + "?offset=600&limit=2";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final Duration LIFETIME = Duration.ofMinutes(5);

	private static final int TOTAL = 1203;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private HeldLedger ledger;

	@Autowired
	private ResponseCache cache;

	@Autowired
	private LoadWaiters waiters;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void allCallsAreGranted() {
		ledger.grantAll();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 20 })
	void deepPageWhenBackgroundLoadOfItsBlockIsRefusedIsLoadedForTheClients(int clients) {
		answer("old", 2);
		gateway.get(DEEP_PAGE);
		clock.advance(LIFETIME);
		answer("new", 2);
		ledger.holdRefreshesAfter(1);
		gateway.get(HEAD);
		ledger.awaitHeld();
		awaitNewHead();
		int before = waiters.count();
		List<CompletableFuture<Gateway.Response>> pages = gateway.sendAll(clients, DEEP_PAGE);
		waiters.await(clients, before);

		ledger.refuseHeld();

		assertThat(pages).allSatisfy((page) -> assertThat(page.join().text()).isEqualTo(body("new", 600, 2)));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(4);
	}

	@Test
	void deepPageWhenBackgroundLoadOfItsHeadIsRefusedIsLoadedForTheClient() {
		answer("old", 1);
		gateway.get(HEAD);
		clock.advance(LIFETIME);
		answer("new", 2);
		ledger.holdRefreshesAfter(0);
		gateway.get(HEAD);
		ledger.awaitHeld();
		int before = waiters.count();
		CompletableFuture<Gateway.Response> page = gateway.send("GET", DEEP_PAGE);
		waiters.await(1, before);

		ledger.refuseHeld();

		assertThat(page.join().text()).isEqualTo(body("new", 600, 2));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { HEAD, HEATMAP })
	void pageWhenNothingIsLeftOfItAndItsReloadIsRefusedIsLoadedForTheClient(String target) {
		gateway.get(target);
		clock.advance(LIFETIME.plusHours(23));
		ledger.holdRefreshesAfter(0);
		CompletableFuture<Gateway.Response> stale = gateway.send("GET", target);
		ledger.awaitHeld();
		clock.advance(Duration.ofHours(2));
		int before = waiters.count();
		CompletableFuture<Gateway.Response> page = gateway.send("GET", target);
		waiters.await(1, before);

		ledger.refuseHeld();

		assertThat(page.join().status()).isEqualTo(200);
		assertThat(page.join().header("Age")).isEqualTo("0");
		assertThat(stale.join().status()).isEqualTo(200);
	}

	@Test
	void pageWhenStaleAndItsReloadIsRefusedIsStaleForAllAtOnce() {
		gateway.get(HEAD);
		clock.advance(LIFETIME.plusHours(23));
		ledger.holdRefreshesAfter(0);
		int before = waiters.count();
		List<CompletableFuture<Gateway.Response>> pages = gateway.sendAll(10, HEAD);
		ledger.awaitHeld();
		waiters.await(9, before);

		ledger.refuseHeld();

		assertThat(pages)
			.allSatisfy((page) -> assertThat(page.join().header("Cache-Status")).contains("detail=budget"));
		assertThat(ledger.refusals()).isOne();
		Awaitility.await().until(() -> cache.loadsInFlight() == 0);
	}

	// The block is read a moment before its new head is stored.
	private void awaitNewHead() {
		Awaitility.await().until(() -> gateway.get(HEAD).text().equals(body("new", 0, 3)));
	}

	private void answer(String state, int blocks) {
		for (int block = 0; block < blocks; block++) {
			upstream.answerNext(Endpoint.RISK, 1, WireMock.okJson(body(state, block * 500, 500)));
		}
	}

	private static String body(String state, int offset, int limit) {
		return IntStream.range(offset, Math.min(offset + limit, TOTAL))
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\",\"of\":\"" + state + "\"}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + TOTAL + ",\"items\":[", "]}"));
	}

	/**
	 * Ledger that grants all calls except background ones, which it holds to refuse them
	 * later.
	 */
	static final class HeldLedger implements Ledger {

		private static final int ALL = Integer.MAX_VALUE;

		private final List<Sinks.One<Boolean>> held = new CopyOnWriteArrayList<>();

		private long calls;

		private int refreshesToGrant = ALL;

		private int refusals;

		@Override
		public boolean isAvailable() {
			return true;
		}

		@Override
		public synchronized Mono<Reply> send(Request request) {
			if (request.change() > 0 && request.priority() == Priority.REFRESH && refreshesToGrant-- <= 0) {
				Sinks.One<Boolean> sink = Sinks.one();
				held.add(sink);
				return sink.asMono().map((granted) -> reply("minute"));
			}
			calls += Math.max(request.change(), 0);
			return Mono.just(reply(null));
		}

		private synchronized Reply reply(@Nullable String refused) {
			refusals += (refused != null) ? 1 : 0;
			return new Reply("only", calls, refused, Map.of(), Map.of(), calls, 0, Map.of(), Map.of(), Map.of(),
					Map.of(), 0);
		}

		private synchronized void grantAll() {
			refreshesToGrant = ALL;
			refusals = 0;
			held.clear();
		}

		private synchronized void holdRefreshesAfter(int granted) {
			refreshesToGrant = granted;
		}

		private void awaitHeld() {
			Awaitility.await().until(() -> !held.isEmpty());
		}

		private void refuseHeld() {
			held.forEach((sink) -> sink.tryEmitValue(false).orThrow());
		}

		private synchronized int refusals() {
			return refusals;
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class LedgerConfiguration {

		@Bean
		HeldLedger heldLedger() {
			return new HeldLedger();
		}

		@Bean
		@Primary
		SharedBudget heldBudget(BudgetProperties properties, Dates dates, HeldLedger heldLedger) {
			return new SharedBudget(properties, Shares.NONE, dates.counting(), heldLedger);
		}

	}

}
