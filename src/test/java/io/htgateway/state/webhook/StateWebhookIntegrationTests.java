package io.htgateway.state.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.state.StateClock;
import io.htgateway.state.Timeline;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The webhook on the port of callers, where teams are configured.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.state.webhook.secret=" + StateWebhookIntegrationTests.SECRET,
		"gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=29312e37fee827f964f4b73f719fa95d505c8c11975dd343f08014fcdb455d02" })
class StateWebhookIntegrationTests {

	static final String SECRET = "canary-webhook-secret-7f3a";

	private static final String[] AUTHORIZED = { "Authorization", "Bearer " + SECRET };

	private static final String[] TEAM = { "Authorization", "Bearer token-of-research-0001" };

	private static final String RISK = "/api/external/1/assets/liquidation-risk?limit=500";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private StateClock state;

	@ParameterizedTest
	@ValueSource(strings = { "Bearer wrong-secret-0000000", "Bearer token-of-research-0001", "Basic " + SECRET, SECRET,
			"Bearer " + SECRET + "x", "Bearer" })
	@NullSource
	void deliveryWithoutTheSecretIsUnauthorizedAndChangesNothing(@Nullable String authorization) {
		Timeline before = state.newest();
		String[] headers = (authorization != null) ? new String[] { "Authorization", authorization } : new String[0];

		Gateway.Response response = gateway.post(StateWebhook.PATH, event(clock.instant()), headers).join();

		assertThat(response.status()).isEqualTo(401);
		assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(response.json().get("detail").asString()).contains("gateway.state.webhook");
		assertThat(response.everything()).doesNotContain(SECRET);
		assertThat(state.newest()).isSameAs(before);
	}

	@Test
	void secretInTheHeaderOfAnApiKeyIsUnauthorized() {
		assertThat(gateway.post(StateWebhook.PATH, event(clock.instant()), "X-API-Key", SECRET).join().status())
			.isEqualTo(401);
	}

	@Test
	void secretIsNoTokenOfATeam() {
		assertThat(gateway.get(RISK, AUTHORIZED).status()).isEqualTo(401);
	}

	@Test
	void deliveryTellsTheStateClockTheTime() {
		Instant at = clock.instant().minusSeconds(20).truncatedTo(ChronoUnit.SECONDS);

		Gateway.Response response = gateway.post(StateWebhook.PATH, event(at), AUTHORIZED).join();

		assertThat(response.status()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		assertThat(newest()).isEqualTo(at);
	}

	@Test
	void responseIsFreshUntilTheNextStateIsDueAndReloadedOnceAfterADelivery() {
		deliver();
		Instant stateTime = clock.instant();
		clock.advance(Duration.ofMinutes(1));
		Gateway.Response first = gateway.get(RISK, TEAM);
		clock.advance(Duration.ofMinutes(12));
		Gateway.Response later = gateway.get(RISK, TEAM);
		deliver();
		Gateway.Response outdated = gateway.get(RISK, TEAM);
		Awaitility.await().until(() -> upstream.calls(Endpoint.RISK) == 2);
		Awaitility.await().until(() -> gateway.get(RISK, TEAM).header("Age").equals("0"));

		assertThat(first.header("Cache-Control")).isEqualTo("private, max-age=" + 19 * 60);
		assertThat(first.header("HyperTracker-State-Time"))
			.isEqualTo(stateTime.truncatedTo(ChronoUnit.SECONDS).toString());
		assertThat(first.headers().getFirst("Last-Modified")).isNotNull();
		assertThat(later.header("Cache-Status")).contains("hit; ttl=" + 7 * 60);
		assertThat(outdated.header("Cache-Status")).contains("stale-while-revalidate");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@Test
	void staleResponseWaitsForTheStateThatIsDueUnlessItIsPurged() {
		deliver();
		gateway.get(RISK, TEAM);
		clock.advance(Duration.ofMinutes(21));
		Gateway.Response waiting = gateway.get(RISK, TEAM);
		gateway.actuator("DELETE", "/gateway?endpoint=risk");
		gateway.get(RISK, TEAM);

		assertThat(waiting.header("Cache-Status")).contains("detail=not-updated");
		Awaitility.await().until(() -> upstream.calls(Endpoint.RISK) == 2);
	}

	@Test
	void deliveriesThatAreRepeatedOrLateOrEndlessCauseNoLoads() {
		Instant at = clock.instant();
		gateway.get(RISK, TEAM);
		clock.advance(Duration.ofMinutes(1));

		List<CompletableFuture<Gateway.Response>> flood = IntStream.range(0, 1_000)
			.mapToObj((number) -> gateway.post(StateWebhook.PATH, event(at.minusSeconds(number % 10)), AUTHORIZED))
			.toList();

		assertThat(flood).allSatisfy((response) -> assertThat(response.join().status()).isEqualTo(204));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(newest()).isBetween(at.minusSeconds(10), at);
	}

	@Test
	void deliveryWithADateInTheFutureCountsNow() {
		gateway.post(StateWebhook.PATH, event(clock.instant().plus(Duration.ofDays(300))), AUTHORIZED).join();

		assertThat(newest()).isEqualTo(clock.instant());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"event\":\"stateUpdated\"}", "{\"event\":\"stateUpdated\",\"timestamp\":\"yesterday\"}",
			"{\"event\":\"stateUpdated\",\"timestamp\":{}}" })
	void deliveryWithoutAUsableDateCountsNow(String body) {
		assertThat(gateway.post(StateWebhook.PATH, body, AUTHORIZED).join().status()).isEqualTo(204);
		assertThat(newest()).isEqualTo(clock.instant());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "stateUpdated", "{", "[]", "{}", "{\"event\":1}", "null" })
	void bodyThatIsNoDeliveryIsABadRequest(String body) {
		Gateway.Response response = gateway.post(StateWebhook.PATH, body, AUTHORIZED).join();

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.json().get("detail").asString()).contains("stateUpdated");
	}

	@Test
	void deliveryOfAnotherEventIsAcceptedAndChangesNothing() {
		deliver();
		Instant at = clock.instant();
		clock.advance(Duration.ofMinutes(20));

		assertThat(gateway.post(StateWebhook.PATH, "{\"event\":\"test\"}", AUTHORIZED).join().status()).isEqualTo(204);
		assertThat(newest()).isEqualTo(at);
	}

	@Test
	void bodyThatIsTooLargeIsRefused() {
		String body = "{\"event\":\"stateUpdated\",\"data\":\"" + "x".repeat(20_000) + "\"}";

		assertThat(gateway.post(StateWebhook.PATH, body, AUTHORIZED).join().status()).isEqualTo(413);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "PUT", "DELETE" })
	void otherMethodIsNotAllowed(String method) {
		Gateway.Response response = gateway.send(method, StateWebhook.PATH, AUTHORIZED).join();

		assertThat(response.status()).isEqualTo(405);
		assertThat(response.header("Allow")).isEqualTo("POST");
	}

	private Instant newest() {
		return Objects.requireNonNull(state.newest()).at();
	}

	private void deliver() {
		assertThat(gateway.post(StateWebhook.PATH, event(clock.instant()), AUTHORIZED).join().status()).isEqualTo(204);
	}

	private static String event(Instant at) {
		return "{\"event\":\"stateUpdated\",\"timestamp\":\"" + at + "\",\"data\":{}}";
	}

}
