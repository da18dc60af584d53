package io.htgateway.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values of the meters of the gateway, and when they change.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.budget.per-month=1000000")
class MetersIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	/**
	 * Time without a change after which a count is final.
	 */
	private static final Duration QUIET = Duration.ofMillis(100);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@CsvSource({ "200, answered", "400, rejected", "404, wrong-upstream", "401, unauthorized", "429, rate-limited",
			"500, failed" })
	void callIsCountedByHowItEnded(int status, String outcome) {
		double before = calls("risk", outcome);
		if (status != 200) {
			upstream.answer(Endpoint.RISK, WireMock.jsonResponse("{\"message\":\"no\"}", status));
		}

		gateway.get(risk(5));

		assertThat(calls("risk", outcome) - before).isEqualTo(1);
	}

	@Test
	void callThatIsRefusedIsCountedAsNotSent() {
		double before = calls("heatmap", "refused-pause");
		upstream.answer(Endpoint.RISK, WireMock.status(429).withHeader("Retry-After", "30"));
		gateway.get(risk(5));
		double saved = gauge("gateway.calls.saved", "endpoint", "heatmap");

		gateway.get(HEATMAP);

		assertThat(calls("heatmap", "refused-pause") - before).isEqualTo(1);
		assertThat(gauge("gateway.calls.saved", "endpoint", "heatmap")).isEqualTo(saved);
		assertThat(gauge("gateway.upstream.cooldown")).isEqualTo(30);
	}

	@Test
	void requestsWithoutCallsOfTheirOwnAreSaved() {
		double before = saved("risk", risk(5));

		for (int request = 0; request < 5; request++) {
			gateway.get(risk(6));
		}

		Awaitility.await()
			.untilAsserted(() -> assertThat(gauge("gateway.calls.saved", "endpoint", "risk") - before).isEqualTo(4));
	}

	@Test
	void requestsThatTheUpstreamRejectedAMomentAgoAreSaved() {
		double before = saved("heatmap", HEATMAP.replace("BTC", "ETH"));
		int made = upstream.calls(Endpoint.HEATMAP);
		upstream.answer(Endpoint.HEATMAP, WireMock.jsonResponse("{\"message\":\"no\"}", 404));

		for (int request = 0; request < 5; request++) {
			assertThat(gateway.get(HEATMAP).status()).isEqualTo(404);
		}

		assertThat(upstream.calls(Endpoint.HEATMAP) - made).isEqualTo(1);
		Awaitility.await()
			.untilAsserted(() -> assertThat(gauge("gateway.calls.saved", "endpoint", "heatmap") - before).isEqualTo(4));
	}

	@Test
	void callsThatFailDoNotMakeLessThanNoneSaved() {
		upstream.answer(Endpoint.FILLS, WireMock.serverError());

		gateway.get("/api/external/fills/liquidation");

		Awaitility.await().untilAsserted(() -> assertThat(calls("fills", "failed")).isPositive());
		assertThat(gauge("gateway.calls.saved", "endpoint", "fills")).isZero();
	}

	// Enough hits to outweigh the calls that other tests waste.
	private double saved(String endpoint, String target) {
		for (int request = 0; request < 40; request++) {
			gateway.get(target);
		}
		AtomicReference<Double> last = new AtomicReference<>(-1.0);
		Awaitility.await().pollInterval(QUIET).until(() -> {
			double now = gauge("gateway.calls.saved", "endpoint", endpoint);
			return now > 0 && last.getAndSet(now) == now;
		});
		return last.get();
	}

	@Test
	void budgetIsMeasuredByWindow() {
		double used = gauge("gateway.budget.used", "window", "month");
		double assumed = gauge("gateway.budget.assumed", "window", "month");
		double remaining = gauge("gateway.budget.remaining", "window", "month");

		gateway.get(risk(7));

		assertThat(gauge("gateway.budget.used", "window", "month")).isEqualTo(used + 1);
		assertThat(gauge("gateway.budget.remaining", "window", "month")).isEqualTo(remaining - 1);
		assertThat(gauge("gateway.budget.assumed", "window", "month")).isEqualTo(assumed);
		assertThat(remaining + used + assumed).isEqualTo(1_000_000);
		assertThat(gauge("gateway.budget.limit", "window", "month")).isEqualTo(1_000_000);
		assertThat(gauge("gateway.budget.reset.timestamp.seconds", "window", "month")).isEqualTo((double) Instant
			.parse(gateway.actuator("/gateway").json().findValue("budget").findValues("resetsAt").getLast().asString())
			.getEpochSecond());
		assertThat(gauge("gateway.budget.projected")).isPositive();
		assertThat(gauge("gateway.pacing.stretch")).isGreaterThanOrEqualTo(1);
	}

	@Test
	void cacheIsMeasured() {
		double entries = gauge("gateway.cache.entries");
		double bytes = gauge("gateway.cache.size");

		gateway.get(risk(8));
		gateway.get(HEATMAP);

		assertThat(gauge("gateway.cache.entries")).isGreaterThan(0);
		assertThat(gauge("gateway.cache.size")).isGreaterThan(10_000);
		assertThat(gauge("gateway.cache.max")).isEqualTo(256 * 1024 * 1024);
		clock.advance(Duration.ofDays(3));
		gateway.get(risk(8));
		assertThat(gauge("gateway.cache.entries")).isLessThanOrEqualTo(entries + 1);
		assertThat(bytes).isNotNegative();
	}

	@Test
	void loadAndItsConnectionAreMeasuredWhileTheyLast() {
		upstream.delay(Endpoint.RISK, Duration.ofMillis(500));
		var request = gateway.send("GET", risk(9));

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(gauge("gateway.connections", "pool", "upstream", "state", "active")).isEqualTo(1));
		assertThat(gauge("gateway.cache.loads")).isEqualTo(1);
		assertThat(request.join().status()).isEqualTo(200);
		Awaitility.await().untilAsserted(() -> assertThat(gauge("gateway.cache.loads")).isEqualTo(0));
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(gauge("gateway.connections", "pool", "upstream", "state", "active")).isZero());
		assertThat(gauge("gateway.connections", "pool", "upstream", "state", "idle")).isPositive();
	}

	private static String risk(int segment) {
		return "/api/external/" + segment + "/assets/liquidation-risk?limit=3";
	}

	private double gauge(String name, String... tags) {
		return meters.get(name).tags(tags).gauge().value();
	}

	private double calls(String endpoint, String outcome) {
		return meters.find("gateway.upstream.calls")
			.tags("endpoint", endpoint, "outcome", outcome)
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

}
