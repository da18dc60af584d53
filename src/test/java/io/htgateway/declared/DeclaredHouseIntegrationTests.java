package io.htgateway.declared;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.traffic.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules of the built-in endpoints that also apply to declared ones: budget, stale
 * windows, validators, gzip, purge, metrics, documents, and the secrecy of the key. The
 * plan has ten calls a day.
 */
@GatewayTest
@TestPropertySource(properties = { "spring.config.import=file:docs/endpoints.yaml", "gateway.budget.per-day=10",
		"gateway.pacing.enabled=false" })
@ExtendWith(OutputCaptureExtension.class)
class DeclaredHouseIntegrationTests {

	private static final String ROOT = "/api/external";

	private static final String POSITIONS = ROOT + "/positions/heatmap";

	private static final String BIAS = ROOT + "/segments/7/bias-history?start=2026-01-01";

	private static final Duration DAY = Duration.ofDays(1);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private List<MirroredEndpoint<?>> endpoints;

	@BeforeEach
	void startOfDay() {
		clock.advance(DAY.multipliedBy(2).minusSeconds(clock.instant().getEpochSecond() % DAY.toSeconds()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/positions/heatmap", "/segments", "/positions/open/coin/BTC",
			"/exports/coins/BTC/segment-metrics-24h", "/state/summary", "/fills?address=0xa&start=2026-01-01" })
	void validatorsAndCodingsAreThoseOfTheThree(String path) throws IOException {
		Gateway.Response plain = gateway.get(ROOT + path);
		Gateway.Response gzip = gateway.get(ROOT + path, "Accept-Encoding", "gzip");

		assertThat(plain.status()).isEqualTo(200);
		assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
		assertThat(gateway.get(ROOT + path, "If-None-Match", plain.header("ETag")).status()).isEqualTo(304);
		assertThat(gateway.get(ROOT + path, "If-None-Match", gzip.header("ETag"), "Accept-Encoding", "gzip").status())
			.isEqualTo(304);
		assertThat(gzip.headers().containsHeader("Content-Encoding") ? unpacked(gzip.body()) : gzip.body())
			.isEqualTo(plain.body());
		assertThat(gateway.head(ROOT + path).header("Content-Length")).isEqualTo(Integer.toString(plain.body().length));
	}

	@Test
	void largeBodyIsCompressed() {
		gateway.get(POSITIONS);

		assertThat(gateway.get(POSITIONS, "Accept-Encoding", "gzip").header("Content-Encoding")).isEqualTo("gzip");
	}

	@Test
	void spentBudgetRefusesColdRequestsAndAnswersStaleOnes() {
		Gateway.Response first = gateway.get(POSITIONS);
		for (int id = 1; id < 10; id++) {
			gateway.get(ROOT + "/segments/" + id + "/bias-history");
		}

		Gateway.Response cold = gateway.get(ROOT + "/segments/99/bias-history");
		clock.advance(Duration.ofMinutes(20));
		Gateway.Response stale = gateway.get(POSITIONS);

		assertThat(
				Problems.check(cold, 503, "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity")
					.path("detail")
					.asString())
			.contains("day");
		assertThat(cold.headers().containsHeader("Retry-After")).isTrue();
		assertThat(stale.body()).isEqualTo(first.body());
		assertThat(stale.header("Cache-Status")).contains("ttl=-", "detail=budget");
		assertThat(upstream.calls(Endpoint.BIAS_HISTORY) + upstream.calls(Endpoint.POSITIONS_HEATMAP)).isEqualTo(10);
	}

	@Test
	void staleResponseIsAnsweredWhileItIsReloadedAndWhenTheUpstreamFails() {
		Gateway.Response first = gateway.get(BIAS);
		clock.advance(Duration.ofMinutes(6));

		Gateway.Response stale = gateway.get(BIAS);
		Awaitility.await()
			.untilAsserted(() -> assertThat(gateway.get(BIAS).header("Cache-Status")).endsWith("ttl=300"));
		upstream.answer(Endpoint.BIAS_HISTORY, WireMock.serverError());
		clock.advance(Duration.ofHours(2));
		Gateway.Response failed = gateway.get(BIAS);
		clock.advance(Duration.ofHours(24));

		assertThat(stale.header("Cache-Status")).contains("ttl=-60");
		assertThat(failed.body()).isEqualTo(first.body());
		Problems.check(gateway.get(BIAS), 502, Problems.OWN + "upstream-failed");
	}

	@Test
	void purgeSelectsByTagsOfAllEndpoints() {
		List.of("/exports/coins/BTC/segment-metrics", "/exports/coins/ETH/segment-metrics", "/positions/open/coin/BTC",
				"/exports/coins/BTC/liquidation-heatmap")
			.forEach((path) -> assertThat(gateway.get(ROOT + path).status()).isEqualTo(200));

		assertThat(gateway.actuator("DELETE", "/gateway?coin=BTC&endpoint=coin-export").json().path("expired").asInt())
			.isOne();
		assertThat(gateway.actuator("DELETE", "/gateway?coin=BTC").json().path("expired").asInt()).isEqualTo(2);
		assertThat(gateway.get(ROOT + "/exports/coins/ETH/segment-metrics").header("Cache-Status")).contains("; hit");
	}

	@Test
	void metersOfAllEndpointsAndOutcomesAreThereFromTheStart() {
		String text = gateway.actuator("/prometheus").text();

		assertThat(endpoints).hasSizeGreaterThan(30)
			.extracting((endpoint) -> endpoint.description().name())
			.allSatisfy((name) -> assertThat(text)
				.contains(Arrays.stream(Outcome.values())
					.map((outcome) -> "gateway_requests_total{endpoint=\"%s\",outcome=\"%s\",".formatted(name,
							outcome.tag()))
					.toArray(String[]::new))
				.contains("gateway_upstream_endpoint_refused{endpoint=\"" + name + "\"}",
						"gateway_age_seconds_count{endpoint=\"" + name + "\"}",
						"gateway_calls_saved{endpoint=\"" + name + "\""));
	}

	@Test
	void noLabelHasAnythingOfARequest() {
		gateway.get(ROOT + "/closed-trades/canary0x1");
		gateway.get(ROOT + "/leaderboards/canary-board?limit=canary");

		assertThat(gateway.actuator("/prometheus").text()).doesNotContain("canary");
	}

	@Test
	void documentHasProblemsOfDeclaredEndpoints() {
		JsonNode paths = gateway.get("/v3/api-docs").json().path("paths");

		for (MirroredEndpoint<?> endpoint : endpoints.subList(3, endpoints.size())) {
			String path = endpoint.description().route();
			JsonNode responses = paths.path(path).at("/get/responses");
			assertThat(responses.propertyNames()).contains("200", "304", "400", "401", "403", "404", "406", "429",
					"502", "503", "504");
			assertThat(responses.at("/403/content/application~1problem+json/examples/endpoint-not-allowed/value/detail")
				.asString()).contains("may not use the endpoint " + endpoint.description().name() + ";");
			assertThat(responses.at("/404/description").asString())
				.contains("upstream-rejected`: HyperTracker does not have the path, or a value in it.");
			assertThat(
					responses.at("/404/content/application~1problem+json/examples/unknown/value/instance").asString())
				.startsWith("/api/external/")
				.doesNotContain("{");
		}
		assertThat(paths.at("/~1api~1external~1positions~1open~1coin~1{coin}/get/responses/406/description").asString())
			.contains("Responses are text/csv or application/json.");
	}

	@ParameterizedTest
	@CsvSource({ "COIN_EXPORT, /exports/coins/BTC/segment-metrics", "STATE_SUMMARY, /state/summary",
			"POSITIONS_HEATMAP, /positions/heatmap", "OPEN_POSITIONS, /positions/open/coin/BTC" })
	void keyAndLinkAreNowhere(Endpoint endpoint, String path, CapturedOutput output) {
		Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
		List.of("wiremock", "org.wiremock", "com.github.tomakehurst", "org.springframework.test")
			.forEach((name) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.INFO));
		root.setLevel(Level.TRACE);
		try {
			StringBuilder sent = new StringBuilder(gateway.get(ROOT + path).everything());
			clock.advance(Duration.ofMinutes(20));
			upstream.answer(endpoint,
					WireMock.jsonResponse("{\"statusCode\":400,\"message\":\"" + upstream.key() + "\"}", 400));
			sent.append(gateway.get(ROOT + path).everything());
			upstream.answer(Endpoint.DOWNLOAD, WireMock.serverError());
			clock.advance(Duration.ofDays(2));
			sent.append(gateway.get(ROOT + path).everything());
			List.of("/gateway", "/prometheus", "/health/upstream")
				.forEach((actuator) -> sent.append(gateway.actuator(actuator).everything()));

			assertThat(sent.toString()).doesNotContain(upstream.key(), "X-Amz-");
			assertThat(output.toString()).contains("TRACE").doesNotContain(upstream.key(), "X-Amz-");
		}
		finally {
			root.setLevel(Level.INFO);
		}
	}

	private static byte[] unpacked(byte[] body) throws IOException {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
			return in.readAllBytes();
		}
	}

}
