package io.htgateway.fills;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.LoadWaiters;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
@TestPropertySource(properties = "gateway.fills.ttl=0s")
class UncachedFillsIntegrationTests {

	private static final String PATH = "/api/external/fills/liquidation?limit=3";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private LoadWaiters waiters;

	@Test
	void fillsWhenManyAskAtOnceShareOneLoad() {
		gateway.getAll(20, "/v3/api-docs");
		upstream.hold(Endpoint.FILLS);
		int before = waiters.count();

		List<CompletableFuture<Gateway.Response>> all = gateway.sendAll(20, PATH);
		waiters.await(19, before);
		upstream.release(Endpoint.FILLS);

		List<Gateway.Response> responses = all.stream().map(CompletableFuture::join).toList();

		assertThat(responses).extracting(Gateway.Response::status).containsOnly(200);
		assertThat(responses).extracting(Gateway.Response::text).containsOnly(responses.getFirst().text());
		assertThat(responses).allSatisfy(UncachedFillsIntegrationTests::isNotStored);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
	}

	@Test
	void fillsWhenAskedOneAfterAnotherAreForwardedEachTime() {
		for (int calls = 1; calls <= 3; calls++) {
			isNotStored(gateway.get(PATH));

			assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(calls);
		}
	}

	private static void isNotStored(Gateway.Response response) {
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=bypass");
		assertThat(response.headers().containsHeader("Age")).isFalse();
	}

}
