package io.htgateway.tracing;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.google.protobuf.ByteString;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import io.opentelemetry.proto.trace.v1.Span;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traces that requests belong to, and links from spans of requests to loads.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class TraceContextIntegrationTests extends TracedGateway {

	private static final String TARGET = "/api/external/7/assets/liquidation-risk?limit=3";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String CALLER = "b7ad6b7169203331";

	private static final String SAMPLED = "00-" + TRACE + "-" + CALLER + "-01";

	private static final String NOT_SAMPLED = "00-" + TRACE + "-" + CALLER + "-00";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private Ways ways;

	@Test
	void callerIsParentOnBothWays() {
		gateway.get(TARGET, "traceparent", SAMPLED);
		ways.get(TARGET, "traceparent", SAMPLED);

		flush();
		assertThat(COLLECTOR.requests()).hasSize(4).allSatisfy((request) -> {
			assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
			assertThat(hex(request.getParentSpanId())).isEqualTo(CALLER);
		});
		assertThat(COLLECTOR.loads()).singleElement()
			.satisfies((load) -> assertThat(hex(load.getTraceId())).isEqualTo(TRACE));
	}

	@Test
	void requestThatItsCallerDoesNotSampleIsNotSent() {
		gateway.get(TARGET, "traceparent", NOT_SAMPLED);
		ways.get(TARGET, "traceparent", NOT_SAMPLED);
		gateway.get(TARGET, "traceparent", "00-" + TRACE + "-0-01");

		flush();
		assertThat(COLLECTOR.spans()).singleElement()
			.satisfies((request) -> assertThat(hex(request.getTraceId())).isNotEqualTo(TRACE));
	}

	@Test
	void loadIsOneSpanAndAllOthersWhoWaitedAreLinkedToIt() {
		gateway.getAll(50, "/v3/api-docs");
		flush();
		COLLECTOR.reset();
		upstream.delay(Endpoint.RISK, Duration.ofMillis(1_500));

		assertThat(gateway.getAll(50, TARGET)).allSatisfy((response) -> assertThat(response.status()).isEqualTo(200));

		flush();
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
		assertThat(COLLECTOR.loads()).hasSize(1);
		Span load = COLLECTOR.loads().getFirst();
		List<Span> started = requests("miss");
		assertThat(started).singleElement().satisfies((request) -> {
			assertThat(request.getSpanId()).isEqualTo(load.getParentSpanId());
			assertThat(request.getLinksList()).isEmpty();
		});
		assertThat(requests("collapsed")).hasSize(49)
			.allSatisfy((request) -> assertThat(request.getLinksList()).singleElement().satisfies((link) -> {
				assertThat(link.getTraceId()).isEqualTo(load.getTraceId());
				assertThat(link.getSpanId()).isEqualTo(load.getSpanId());
			}));
	}

	@Test
	void callsHaveNoHeaderOfTrace() {
		gateway.get(TARGET, "traceparent", SAMPLED, "baggage", "a=b");
		gateway.get(HEATMAP, "traceparent", SAMPLED, "tracestate", "a=b");

		for (Endpoint endpoint : List.of(Endpoint.RISK, Endpoint.HEATMAP, Endpoint.DOWNLOAD)) {
			LoggedRequest call = upstream.requests(endpoint).getFirst();
			assertThat(call.getAllHeaderKeys()).allSatisfy((name) -> assertThat(name.toLowerCase(Locale.ROOT))
				.isIn("host", "accept", "accept-encoding", "user-agent", "authorization"));
		}
	}

	@Test
	void accessLogHasTraceOfBothWays(CapturedOutput output) {
		gateway.get(TARGET, "traceparent", SAMPLED);
		ways.shortWay("GET", TARGET, "traceparent", SAMPLED);

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(output.getOut().lines().filter((line) -> line.endsWith(" traceId=" + TRACE)))
						.hasSize(2));
	}

	private static List<Span> requests(String outcome) {
		return COLLECTOR.requests()
			.stream()
			.filter((request) -> outcome.equals(Collector.attributes(request).get("gateway.outcome")))
			.toList();
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

}
