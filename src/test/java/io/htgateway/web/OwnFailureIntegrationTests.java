package io.htgateway.web;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Problems of an upstream that is too slow, and of the gateway's own failures.
 */
@SecurityTest
@GatewayTest
@Import(OwnFailureIntegrationTests.BrokenParts.class)
@TestPropertySource(
		properties = { "gateway.upstream.connect-timeout=700ms", "gateway.upstream.response-timeout=300ms" })
@ExtendWith(OutputCaptureExtension.class)
class OwnFailureIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@ValueSource(strings = { FILLS, "/api/external/5/assets/liquidation-risk",
			"/api/external/exports/coins/BTC/liquidation-heatmap" })
	void requestWhenUpstreamIsSlowIsTimedOutAfterOneCall(String path) {
		for (Endpoint endpoint : Endpoint.values()) {
			upstream.answer(endpoint, WireMock.ok().withFixedDelay(2_000));
		}

		Problems.check(gateway.get(path), 504, Problems.OWN + "upstream-timed-out");

		assertThat(upstream.calls(Endpoint.FILLS) + upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP))
			.isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "FILLS, " + FILLS, "RISK, /api/external/10/assets/liquidation-risk?limit=20" })
	void requestWhenManyWaitForSlowUpstreamIsTimedOutForAllAfterOneCall(Endpoint endpoint, String target) {
		upstream.hold(endpoint);
		gateway.getAll(20, "/v3/api-docs");

		assertThat(gateway.getAll(20, target))
			.allSatisfy((response) -> Problems.check(response, 504, Problems.OWN + "upstream-timed-out"));
		upstream.release(endpoint);
		assertThat(upstream.calls(endpoint)).isEqualTo(1);
	}

	@Test
	void requestWhenBodyDripsIsTimedOut() {
		upstream.answer(Endpoint.FILLS,
				WireMock.okJson("{\"fills\":[" + " ".repeat(1_000) + "]}").withChunkedDribbleDelay(100, 10_000));

		Problems.check(gateway.get(FILLS), 504, Problems.OWN + "upstream-timed-out");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/broken/route", "/broken/filter" })
	void problemOfUnexpectedFailureRevealsNothingAndCauseIsLoggedOnce(String path, CapturedOutput output) {
		Gateway.Response response = gateway.get(path);

		JsonNode problem = Problems.check(response, 500, "about:blank");
		assertThat(problem.path("detail").asString())
			.isEqualTo("unexpected failure in the gateway; report the requestId to its operators");
		assertThat(response.everything()).doesNotContain("only for the log", "IllegalStateException");
		assertThat(output.toString().split("only for the log", -1)).hasSize(2);
		assertThat(output).contains("requestId=" + problem.path("requestId").asString() + " path=" + path);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class BrokenParts {

		@Bean
		RouterFunction<ServerResponse> brokenRoute() {
			return RouterFunctions.route().GET("/broken/route", (request) -> failure(request.path())).build();
		}

		@Bean
		WebFilter brokenFilter() {
			return (exchange, chain) -> exchange.getRequest().getPath().value().equals("/broken/filter")
					? failure("/broken/filter") : chain.filter(exchange);
		}

		private static <T> Mono<T> failure(String path) {
			return Mono.error(new IllegalStateException("only for the log: " + path));
		}

	}

}
