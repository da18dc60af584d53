package io.htgateway.tracing;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each request is one span, and so is each load.
 */
@GatewayTest
class TracesIntegrationTests extends TracedGateway {

	private static final String PATH = "/api/external/7/assets/liquidation-risk";

	private static final String TARGET = PATH + "?limit=3&offset=1";

	private static final String ROUTE = "/api/external/{segmentId}/assets/liquidation-risk";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@Test
	void missIsSpanWithItsLoadAsChild() {
		gateway.get(TARGET);

		Span request = onlyRequest();
		assertThat(request.getName()).isEqualTo("GET " + ROUTE);
		assertThat(request.getParentSpanId().isEmpty()).isTrue();
		assertThat(request.getEndTimeUnixNano()).isGreaterThan(request.getStartTimeUnixNano());
		assertThat(Collector.attributes(request))
			.containsOnlyKeys("client.address", "http.request.method", "url.path", "http.route",
					"http.response.status_code", "gateway.request.id", "gateway.outcome", "gateway.age")
			.containsAllEntriesOf(
					Map.of("client.address", "127.0.0.1", "http.request.method", "GET", "url.path", PATH, "http.route",
							ROUTE, "http.response.status_code", "200", "gateway.outcome", "miss", "gateway.age", "0"));
		Span load = onlyLoad();
		assertThat(load.getTraceId()).isEqualTo(request.getTraceId());
		assertThat(load.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(Collector.attributes(load))
			.isEqualTo(Map.of("gateway.endpoint", "risk", "gateway.cohort", "7", "gateway.load.outcome", "loaded"));
	}

	@Test
	void hitIsSameSpanOnBothWaysWithoutLoad() {
		gateway.get(TARGET);
		flush();
		COLLECTOR.reset();
		clock.advance(Duration.ofSeconds(42));

		ways.longWay("GET", TARGET);
		ways.shortWay("GET", TARGET);

		flush();
		assertThat(COLLECTOR.loads()).isEmpty();
		assertThat(COLLECTOR.requests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.getName()).isEqualTo("GET " + ROUTE);
			assertThat(request.getEndTimeUnixNano()).isGreaterThan(request.getStartTimeUnixNano());
			assertThat(Collector.attributes(request)).containsAllEntriesOf(
					Map.of("url.path", PATH, "http.route", ROUTE, "gateway.outcome", "hit", "gateway.age", "42"));
		});
		assertThat(COLLECTOR.requests().getFirst().getTraceId())
			.isNotEqualTo(COLLECTOR.requests().getLast().getTraceId());
	}

	@Test
	void hitWithKnownValidatorIsSpanOnBothWays() {
		String etag = gateway.get(TARGET).header("ETag");
		flush();
		COLLECTOR.reset();

		assertThat(ways.get(TARGET, "If-None-Match", etag).status()).isEqualTo(304);

		flush();
		assertThat(COLLECTOR.requests()).hasSize(3)
			.allSatisfy((request) -> assertThat(Collector.attributes(request))
				.containsAllEntriesOf(Map.of("http.response.status_code", "304", "gateway.outcome", "hit")));
	}

	@Test
	void staleAnswerIsSpanAndTheLoadBehindItItsChild() {
		gateway.get(TARGET);
		flush();
		COLLECTOR.reset();
		clock.advance(Duration.ofMinutes(6));

		gateway.get(TARGET);

		awaitSpans(() -> !COLLECTOR.loads().isEmpty());
		assertThat(Collector.attributes(onlyRequest())).containsEntry("gateway.outcome", "stale");
		assertThat(onlyLoad().getParentSpanId()).isEqualTo(onlyRequest().getSpanId());
	}

	@ParameterizedTest
	@CsvSource({ "/api/external/99/assets/liquidation-risk, 400, GET " + ROUTE, "/nothing/here, 404, GET /**",
			"/api/external/15/ass%65ts, 400, request" })
	void refusedRequestIsSpanWithoutLoad(String target, String status, String name) {
		gateway.get(target);

		assertThat(onlyRequest().getName()).isEqualTo(name);
		assertThat(Collector.attributes(onlyRequest()))
			.containsAllEntriesOf(Map.of("http.response.status_code", status, "gateway.outcome", "invalid"));
		assertThat(COLLECTOR.loads()).isEmpty();
	}

	@Test
	void failedLoadIsErrorOfLoadAndRequest() {
		upstream.answer(Endpoint.RISK, WireMock.serverError());

		gateway.get(TARGET);

		assertThat(onlyRequest().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(onlyLoad().getStatus())
			.isEqualTo(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).build());
		assertThat(Collector.attributes(onlyLoad())).containsEntry("gateway.load.outcome", "failed")
			.containsKey("error.type");
		assertThat(onlyLoad().getEventsList()).isEmpty();
	}

	@Test
	void confirmedHeatmapIsToldOfItsLoad() {
		String target = "/api/external/exports/coins/BTC/liquidation-heatmap";
		gateway.get(target);
		flush();
		COLLECTOR.reset();
		clock.advance(Duration.ofHours(1));
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(304));

		gateway.get(target);

		awaitSpans(() -> !COLLECTOR.loads().isEmpty());
		assertThat(Collector.attributes(onlyLoad())).isEqualTo(
				Map.of("gateway.endpoint", "heatmap", "gateway.coin", "BTC", "gateway.load.outcome", "revalidated"));
	}

	@Test
	void managementIsNotTraced() {
		gateway.actuator("/health");
		gateway.get(TARGET);

		assertThat(Collector.attributes(onlyRequest())).containsEntry("url.path", PATH);
	}

	private Span onlyRequest() {
		flush();
		return only(COLLECTOR.requests());
	}

	private Span onlyLoad() {
		flush();
		return only(COLLECTOR.loads());
	}

	private static Span only(List<Span> spans) {
		assertThat(spans).hasSize(1);
		return spans.getFirst();
	}

}
