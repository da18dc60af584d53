package io.htgateway.image;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.SteadyClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine's SIGTERM reaches the gateway, and under load it fails no request of clients
 * that ask until the gateway is not ready any more.
 */
@Tag("image")
class ImageShutdownIntegrationTests {

	private static final int CLIENTS = 8;

	/**
	 * What the JVM ends with after SIGTERM.
	 */
	private static final long TERMINATED = 143;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String HEATMAP = "/api/external/exports/coins/%s/liquidation-heatmap";

	@AutoClose
	private final SimulatedHyperTracker upstream = SimulatedHyperTracker
		.start(Options.forTests(InstantSource.system()));

	@Test
	void sigtermUnderLoadTakesReadinessFirstAndFailsNoRequest() {
		try (GatewayContainer container = GatewayContainer.start(upstream, Map.of("GATEWAY_DRAIN_DELAY", "4s"))) {
			Gateway gateway = container.gateway();
			List<SteadyClient> clients = IntStream.range(0, CLIENTS)
				.mapToObj((number) -> SteadyClient.start(gateway, HEATMAP.formatted("ETH"), number % 2 == 0))
				.toList();
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> clients.stream().allMatch((client) -> client.answers() > 20));

			// Not in the common pool, whose one thread on two cores the HTTP client
			// needs.
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop, Thread::startVirtualThread);
			Awaitility.await()
				.atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(50))
				.until(() -> container.readiness() == 503);
			upstream.delay(Endpoint.HEATMAP, Duration.ofSeconds(6));
			CompletableFuture<Gateway.Response> slow = gateway.send("GET", HEATMAP.formatted("SOL"));
			clients.forEach(SteadyClient::close);

			assertThat(slow.join().status()).isEqualTo(200);
			stopped.join();
			assertThat(clients).allSatisfy((client) -> assertThat(client.failures()).isEmpty());
			assertThat(Objects.requireNonNull(container.inspect().getState().getExitCodeLong())).isEqualTo(TERMINATED);
		}
	}

}
