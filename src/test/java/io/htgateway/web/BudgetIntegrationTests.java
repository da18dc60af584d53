package io.htgateway.web;

import java.time.Duration;
import java.time.Instant;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.file.RestorableBudget;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that count against the budget, and responses when it is spent: ten calls a day,
 * one of them reserved.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.budget.per-day=10", "gateway.pacing.enabled=false" })
@ExtendWith(OutputCaptureExtension.class)
class BudgetIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final Duration JUST_STALE = Duration.ofMinutes(6);

	private static final Duration LONG_STALE = Duration.ofMinutes(20);

	private static final Duration DAY = Duration.ofDays(1);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private RestorableBudget budget;

	@Autowired
	private MeterRegistry meters;

	/**
	 * Length of the output before the test, with the warnings of the start if the context
	 * was created for this class.
	 */
	private int before;

	@BeforeEach
	void startOfDay(CapturedOutput output) {
		before = output.getOut().length();
		long sinceMidnight = clock.instant().getEpochSecond() % DAY.toSeconds();
		clock.advance(DAY.multipliedBy(2).minusSeconds(sinceMidnight));
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP, "/api/external/fills/liquidation?limit=3" })
	void missCostsOneCallAndHitsAndNotModifiedCostNone(String target) {
		String etag = gateway.get(target).header("ETag");
		assertThat(used()).isEqualTo(1);

		assertThat(gateway.get(target).status()).isEqualTo(200);
		assertThat(gateway.get(target, "If-None-Match", etag).status()).isEqualTo(304);
		assertThat(gateway.head(target).status()).isEqualTo(200);
		assertThat(gateway.getAll(20, target)).extracting(Gateway.Response::status).containsOnly(200);
		assertThat(used()).isEqualTo(1);
	}

	@Test
	void waitersCostNothing() {
		gateway.getAll(20, "/v3/api-docs");
		upstream.delay(Endpoint.RISK, Duration.ofMillis(500));

		assertThat(gateway.getAll(20, RISK)).extracting(Gateway.Response::status).containsOnly(200);

		assertThat(used()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 429, 500 })
	void callCountsWhateverItsAnswerIs(int status) {
		upstream.answer(Endpoint.RISK, WireMock.status(status));

		assertThat(gateway.get(RISK).status()).isGreaterThanOrEqualTo(400);

		assertThat(used()).isEqualTo(1);
	}

	@Test
	void badParametersAndUnknownPathsCostNothing() {
		assertThat(gateway.get(RISK + "0000").status()).isEqualTo(400);
		assertThat(gateway.get("/nothing").status()).isEqualTo(404);

		assertThat(used()).isZero();
	}

	@Test
	void heatmapWhenLinkIsExpiredAndBudgetHasNoCallForAnotherIsNoRefusal() {
		spend(9);
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(403)
			.withBody("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"));

		Gateway.Response failed = gateway.get(HEATMAP);

		assertThat(failed.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; fwd-status=403");
		assertThat(gateway.get(HEATMAP).header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=backoff");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isOne();
	}

	@Test
	void coldMissWhenBudgetIsSpentIsRefusedWithTheTimeOfTheNextCallAndWithoutCall(CapturedOutput output) {
		spend();
		clock.advance(Duration.ofHours(23));

		Gateway.Response refused = gateway.get(HEATMAP);

		JsonNode problem = Problems.check(refused, 503,
				"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
		assertThat(refused.header("Retry-After")).isEqualTo("3600");
		assertThat(problem.path("retryAfterSeconds").asInt()).isEqualTo(3600);
		assertThat(problem.path("detail").asString()).isEqualTo("the budget of upstream calls for this day is spent");
		assertThat(refused.header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=budget");
		assertThat(upstream.calls(Endpoint.HEATMAP)).isZero();
		assertWarnsOnce(output);
	}

	@Test
	void loadWhenTheGatewayShutsDownIsRefusedForThatReason() {
		gateway.get(RISK);
		clock.advance(LONG_STALE);
		budget.state().close();
		try {
			Gateway.Response refused = gateway.get(HEATMAP);
			Gateway.Response stale = gateway.get(RISK);

			JsonNode problem = Problems.check(refused, 503,
					"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
			assertThat(problem.path("detail").asString())
				.isEqualTo("the gateway is shutting down and makes no more upstream calls");
			assertThat(refused.header("Retry-After")).isEqualTo("1");
			assertThat(refused.header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=shutdown");
			assertThat(stale.header("Cache-Status")).matches("hypertracker-gateway; hit; ttl=-\\d+; detail=shutdown");
			assertThat(meters.get("gateway.upstream.calls").tag("outcome", "refused-shutdown").functionCounters())
				.isNotEmpty();
		}
		finally {
			budget.state().open();
		}
	}

	@Test
	void coldMissWhenNextWindowBeginsIsLoadedAtOnce() {
		spend();
		assertThat(gateway.get(HEATMAP).status()).isEqualTo(503);

		clock.advance(DAY);

		assertThat(gateway.get(HEATMAP).status()).isEqualTo(200);
	}

	@Test
	void hitWhenBudgetIsSpentGoesOn() {
		gateway.get(RISK);
		spend();
		clock.advance(Duration.ofMinutes(1));

		assertThat(gateway.get(RISK).header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=240");
	}

	@Test
	void staleWhenBudgetIsSpentIsAnsweredWithoutCallAndWithOneWarning(CapturedOutput output) {
		byte[] body = gateway.get(RISK).body();
		spend();
		int calls = upstream.calls(Endpoint.RISK);

		for (Duration step : new Duration[] { JUST_STALE, LONG_STALE, Duration.ofHours(10) }) {
			clock.advance(step);
			Awaitility.await().until(() -> gateway.get(RISK).header("Cache-Status").endsWith("detail=budget"));
			for (int request = 0; request < 20; request++) {
				Gateway.Response stale = gateway.get(RISK);
				assertThat(stale.status()).isEqualTo(200);
				assertThat(stale.body()).isEqualTo(body);
				assertThat(stale.header("Cache-Status")).matches("hypertracker-gateway; hit; ttl=-\\d+; detail=budget");
			}
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(calls);
		assertWarnsOnce(output);
	}

	@Test
	void refreshWhenOnlyReserveIsLeftIsRefusedAndColdMissIsNot() {
		gateway.get(RISK);
		for (int coin = 0; coin < 8; coin++) {
			gateway.get(fills(coin));
		}
		assertThat(used()).isEqualTo(9);
		clock.advance(LONG_STALE);

		assertThat(gateway.get(RISK).header("Cache-Status")).endsWith("detail=budget");
		assertThat(gateway.get(HEATMAP).status()).isEqualTo(200);
		assertThat(used()).isEqualTo(10);
	}

	@Test
	void staleWhenNextWindowBeginsIsReloaded() {
		gateway.get(RISK);
		spend();
		clock.advance(Duration.ofHours(23));
		assertThat(gateway.get(RISK).header("Cache-Status")).endsWith("detail=budget");

		clock.advance(Duration.ofHours(1));

		assertThat(gateway.get(RISK).header("Cache-Status")).endsWith("fwd=stale; fwd-status=200; stored");
	}

	private void assertWarnsOnce(CapturedOutput output) {
		assertThat(output.getOut().substring(before).lines().filter((line) -> line.contains(" WARN "))).singleElement()
			.asString()
			.contains("Budget is spent: window=day");
	}

	private void spend() {
		spend(10);
	}

	private void spend(int calls) {
		for (int query = 0; used() < calls; query++) {
			gateway.get(fills(query));
		}
	}

	private static String fills(int number) {
		Instant start = Instant.parse("2026-09-01T00:00:00Z").plusSeconds(number);
		return "/api/external/fills/liquidation?limit=3&start=" + start;
	}

	private long used() {
		return Budgets.counted(budget);
	}

}
