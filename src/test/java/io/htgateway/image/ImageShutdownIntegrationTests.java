package io.htgateway.image;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM under load, with clients that ask until the gateway is not ready any more, as
 * those behind a load balancer do.
 */
@Tag("image")
class ImageShutdownIntegrationTests {

	private static final int CLIENTS = 8;

	/**
	 * What the JVM ends with after SIGTERM.
	 */
	private static final long TERMINATED = 143;

	private static final String HEATMAP = "/api/external/exports/coins/%s/liquidation-heatmap";

	@AutoClose
	private final SimulatedHyperTracker upstream = SimulatedHyperTracker
		.start(Options.forTests(InstantSource.system()));

	private final AtomicBoolean ready = new AtomicBoolean(true);

	private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

	@Test
	void sigtermUnderLoadTakesReadinessFirstAndFailsNoRequest() {
		try (GatewayContainer container = GatewayContainer.start(upstream, Map.of("GATEWAY_DRAIN_DELAY", "4s"))) {
			List<Thread> clients = IntStream.range(0, CLIENTS)
				.mapToObj((number) -> Thread.startVirtualThread(() -> askWhileReady(container.gateway())))
				.toList();
			Awaitility.await().until(() -> statuses.size() > 200);

			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
			Awaitility.await().pollInterval(Duration.ofMillis(50)).until(() -> container.readiness() == 503);
			assertThat(container.gateway().get(HEATMAP.formatted("BTC")).status()).isEqualTo(200);
			upstream.delay(Endpoint.HEATMAP, Duration.ofSeconds(5));
			CompletableFuture<Gateway.Response> slow = container.gateway().send("GET", HEATMAP.formatted("SOL"));
			ready.set(false);

			assertThat(slow.join().status()).isEqualTo(200);
			stopped.join();
			assertThat(clients).allSatisfy((client) -> assertThat(client.join(Duration.ofSeconds(5))).isTrue());
			assertThat(statuses).containsOnly(200);
			assertThat(Objects.requireNonNull(container.inspect().getState().getExitCodeLong())).isEqualTo(TERMINATED);
		}
	}

	private void askWhileReady(Gateway gateway) {
		while (ready.get()) {
			try {
				statuses.add(gateway.get(HEATMAP.formatted("ETH")).status());
			}
			catch (RuntimeException failed) {
				statuses.add(0);
			}
		}
	}

}
