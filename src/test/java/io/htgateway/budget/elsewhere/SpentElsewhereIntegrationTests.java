package io.htgateway.budget.elsewhere;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.LogLines;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Upstream calls after a 429 that comes while the gateway has calls left.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = { "gateway.budget.per-month=1000", "gateway.budget.assume-even-spend=false" })
class SpentElsewhereIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation?limit=";

	private static final Duration PAUSE = Duration.ofHours(1);

	private static final Duration RAMP = Duration.ofSeconds(10);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void begin() {
		upstream.reset();
		assertThat(gateway.actuatorPost("/gateway", "application/json", "{\"used\":800}").status()).isEqualTo(200);
		clock.advance(Duration.ofDays(2));
	}

	@Test
	void callsWhenTheUpstreamSaysThatTheMonthIsSpentAreRefusedUntilAnOperatorKnowsBetter(CapturedOutput output) {
		long left = month().path("remaining").asLong();
		upstream.answerNext(Endpoint.FILLS, 1, api(untilEnd()));

		assertThat(gateway.get(FILLS + 1).status()).isEqualTo(503);
		clock.advance(PAUSE.plus(RAMP));

		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(503);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
		assertThat(month().path("remaining").asLong()).isZero();
		assertThat(month().path("elsewhere").asLong()).isGreaterThanOrEqualTo(800);
		assertThat(LogLines.of(ElsewhereLog.class, output)).singleElement()
			.asString()
			.contains(" WARN ", "counting " + (left - 1) + " of them as spent elsewhere: window=month limit=1000");
		gateway.actuatorPost("/gateway", "application/json", "{\"used\":500}");
		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(200);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "<html>too many</html> | text/html",
					"{\"message\":\"API rate limit exceeded\"} | application/json",
					"{\"error\":\"too many requests\",\"retry_after\":%d} | application/json", "'' | text/plain",
					"{\"error\":\"rate_limit_exceeded\"} junk | application/json" })
	void a429OfAnotherServerOnlyPausesCalls(String body, String type, CapturedOutput output) {
		long elsewhere = month().path("elsewhere").asLong();
		upstream.answerNext(Endpoint.FILLS, 1,
				WireMock.status(429)
					.withHeader("Retry-After", String.valueOf(untilEnd().toSeconds()))
					.withHeader("Content-Type", type)
					.withBody(body.formatted(untilEnd().toSeconds())));

		assertThat(gateway.get(FILLS + 1).header("Retry-After")).isEqualTo("3600");
		clock.advance(PAUSE);

		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(200);
		assertThat(month().path("elsewhere").asLong()).isEqualTo(elsewhere);
		assertThat(LogLines.of(ElsewhereLog.class, output)).isEmpty();
	}

	@Test
	void waitOfAnHourTakesATenthOfWhatIsLeft() {
		long left = month().path("remaining").asLong();
		long elsewhere = month().path("elsewhere").asLong();
		upstream.answerNext(Endpoint.FILLS, 1, api(PAUSE));
		gateway.get(FILLS + 1);
		clock.advance(PAUSE);

		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(200);
		assertThat(month().path("elsewhere").asLong()).isEqualTo(elsewhere + Math.ceilDiv(left - 1, 10));
	}

	@Test
	void waitInTheHeaderCanBeADate() {
		upstream.answerNext(Endpoint.FILLS, 1,
				WireMock.jsonResponse("{\"error\":\"rate_limit_exceeded\",\"message\":\"no\"}", 429)
					.withHeader("Retry-After",
							DateTimeFormatter.RFC_1123_DATE_TIME
								.format(Instant.parse(month().path("resetsAt").asString()).atOffset(ZoneOffset.UTC)))
					.withHeader("Date",
							DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC))));

		gateway.get(FILLS + 1);

		assertThat(month().path("remaining").asLong()).isZero();
	}

	@Test
	void a429OfTheMinuteOnlyPausesCalls() {
		long elsewhere = month().path("elsewhere").asLong();
		upstream.answerNext(Endpoint.FILLS, 1, api(Duration.ofSeconds(42)));

		assertThat(gateway.get(FILLS + 1).header("Retry-After")).isEqualTo("42");
		clock.advance(Duration.ofSeconds(42));

		assertThat(gateway.get(FILLS + 2).status()).isEqualTo(200);
		assertThat(month().path("elsewhere").asLong()).isEqualTo(elsewhere);
	}

	private Duration untilEnd() {
		return Duration.between(clock.instant(), Instant.parse(month().path("resetsAt").asString()));
	}

	private static ResponseDefinitionBuilder api(Duration wait) {
		return WireMock
			.jsonResponse("{\"error\":\"rate_limit_exceeded\",\"message\":\"Too many requests\",\"retry_after\":"
					+ wait.toSeconds() + "}", 429);
	}

	private JsonNode month() {
		return gateway.actuator("/gateway").json().path("budget").path("windows").valueStream().toList().getLast();
	}

}
