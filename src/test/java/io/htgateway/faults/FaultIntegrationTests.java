package io.htgateway.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.RunningGateway;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every {@link Fault}, of the upstream and of the object store, with a cold key and with
 * a warm one: what the client gets, what it costs, and that nothing bad is kept.
 */
@SecurityTest
@RunningGateway
@Import(FaultTestConfiguration.class)
@TestPropertySource(properties = { "gateway.upstream.connect-timeout=1500ms", "gateway.upstream.response-timeout=500ms",
		"gateway.upstream.max-size=1MB", "gateway.downloads.response-timeout=500ms", "gateway.downloads.timeout=1500ms",
		"gateway.downloads.max-size=1MB", "gateway.downloads.allow-insecure=true",
		"gateway.downloads.allowed-hosts=127.0.0.1", "gateway.cache.soft-deadline=15s" })
@Tag("faults")
@ExtendWith(OutputCaptureExtension.class)
class FaultIntegrationTests {

	private static final Duration BACKOFF = Duration.ofSeconds(2);

	// Behind stale-while-revalidate, where a client waits for the load.
	private static final Duration STALE = Duration.ofMinutes(20);

	@Autowired
	private Gateway gateway;

	@Autowired
	private FaultyUpstream upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private CallBudget budget;

	private long before;

	@BeforeEach
	void upstreamWorks() throws IOException {
		upstream.works(1, true);
		before = charged();
	}

	@AfterEach
	void nothingIsLeftOpenAndForbiddenAddressWasNotReached() throws IOException {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(upstream::isAtRest);
		assertThat(upstream.wasReachedElsewhere()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("cold")
	void requestWhenKeyIsColdIsAnsweredWithTheProblem(Case broken) throws IOException {
		upstream.fails(broken.leg(), broken.fault());

		for (int request = 0; request < 3; request++) {
			assertIsProblem(get(broken), broken.fault().problem());
			assertCalls(broken);
		}
		assertNothingIsStored(broken);
		assertIsLoaded(broken, "fwd=uri-miss; stored");
	}

	// Fills are never answered stale.
	@ParameterizedTest
	@MethodSource("warm")
	void requestWhenKeyIsWarmIsAnsweredStale(Case broken) throws IOException {
		get(broken);
		clock.advance(STALE);
		before = charged();
		upstream.fails(broken.leg(), broken.fault());

		assertIsStale(get(broken), broken,
				"fwd=stale(; fwd-status=(200|302|403|500|503))?; ttl=-900; detail=stale-if-error");
		assertCalls(broken);
		for (int request = 0; request < 2; request++) {
			assertIsStale(get(broken), broken, "hit; ttl=-900; detail=backoff");
			assertCalls(broken);
		}
		assertIsLoaded(broken, "fwd=stale; fwd-status=200; stored");
	}

	@ParameterizedTest
	@CsvSource({ "REFUSED, connection-refused, 'it refused the connection'",
			"WRONG_HOST, certificate-not-trusted, 'its certificate is not trusted: it is for another host'",
			"EXPIRED_CERTIFICATE, certificate-not-trusted, 'its certificate is not trusted: it has expired'" })
	void upstreamWhenNoConnectionIsMadeIsLoggedOnceAndCostsNothing(Fault fault, String reason, String words,
			CapturedOutput output) throws IOException {
		upstream.fails(Leg.UPSTREAM, fault);

		for (Endpoint endpoint : Endpoint.values()) {
			assertIsProblem(gateway.get(endpoint.target()), Fault.Problem.FAILED);
		}

		assertThat(charged()).isEqualTo(before);
		assertThat(gateway.actuator("/health/upstream").text()).contains("wrong-upstream:" + reason);
		assertThat(output.toString().lines()).filteredOn((line) -> line.matches("\\d{4}-.* (WARN|ERROR) .*"))
			.filteredOn((line) -> !line.contains("Open mode"))
			.singleElement()
			.asString()
			.contains("gateway.upstream.base-url",
					"host=127.0.0.1 port=" + upstream.uri().getPort() + " cause=\"" + words);
	}

	private Gateway.Response get(Case broken) {
		return gateway.get(broken.endpoint().target());
	}

	private static void assertIsProblem(Gateway.Response response, Fault.Problem problem) {
		Problems.check(response, problem.status(), Problems.OWN + problem.type());
	}

	private static void assertIsStale(Gateway.Response response, Case broken, String cacheStatus) {
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo(broken.endpoint().body(1));
		assertThat(response.header("Cache-Status")).matches("hypertracker-gateway; " + cacheStatus);
		assertThat(response.header("Age")).isEqualTo("1200");
	}

	private void assertNothingIsStored(Case broken) {
		Problems.check(gateway.get(broken.endpoint().target(), "Cache-Control", "only-if-cached"), 504,
				Problems.OWN + "not-cached");
	}

	private void assertIsLoaded(Case broken, String cacheStatus) throws IOException {
		clock.advance(BACKOFF);
		upstream.works(2, true);

		Gateway.Response response = get(broken);

		assertThat(response.text()).isEqualTo(broken.endpoint().body(2));
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; " + cacheStatus);
		assertThat(upstream.calls()).isEqualTo(1);
	}

	private void assertCalls(Case broken) {
		Fault fault = broken.fault();
		assertThat(charged() - before).as("charged").isEqualTo(fault.charged(broken.leg()));
		if (fault.script() != null) {
			assertThat(upstream.calls()).as("calls").isEqualTo(fault.calls(broken.leg()));
			assertThat(upstream.downloads()).as("downloads").isEqualTo(fault.downloads(broken.leg()));
		}
	}

	private long charged() {
		BudgetSnapshot snapshot = budget.snapshot();
		return snapshot.interactiveCalls() + snapshot.refreshCalls();
	}

	static Stream<Case> cold() {
		return Arrays.stream(Fault.values()).flatMap(Case::of);
	}

	static Stream<Case> warm() {
		return cold().filter((broken) -> broken.endpoint() != Endpoint.FILLS);
	}

	/**
	 * A fault, and where it is met.
	 */
	record Case(Fault fault, Leg leg, Endpoint endpoint) {

		static Stream<Case> of(Fault fault) {
			Stream<Case> calls = Arrays.stream(Endpoint.values())
				.map((endpoint) -> new Case(fault, Leg.UPSTREAM, endpoint));
			return Stream.concat(calls, Stream.of(new Case(fault, Leg.STORE, Endpoint.HEATMAP))).filter(Case::occurs);
		}

		private boolean occurs() {
			return leg == Leg.STORE || switch (fault) {
				// To the upstream itself, a heatmap's link is followed without the key.
				case REDIRECT_LOOP -> endpoint != Endpoint.HEATMAP;
				// Takes seconds, and the endpoints do not differ in it.
				case SLOW_DRIP -> endpoint == Endpoint.RISK;
				default -> fault.calls(leg) != Fault.NONE;
			};
		}

		@Override
		public String toString() {
			return fault + " of the " + leg + ", " + endpoint;
		}

	}

}
