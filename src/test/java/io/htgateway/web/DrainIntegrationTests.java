package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway between the request to shut down and its end.
 */
@Tag("replicas")
class DrainIntegrationTests {

	private static final String HIT = "/api/external/exports/coins/BTC/liquidation-heatmap";

	/**
	 * A hit, a miss, and rejected requests.
	 */
	private static final List<String> TARGETS = List.of(HIT, HIT.replace("BTC", "ETH"),
			"/api/external/fills/liquidation?limit=none", "/nothing");

	private static final String REQUEST = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final String CLOSE = "\r\nConnection: close\r\n";

	@AutoClose
	private final Replicas replicas = Replicas.alone().with("gateway.drain.delay", "5s").start(1);

	private final Replica replica = replicas.all().getFirst();

	private final Gateway gateway = replica.gateway();

	private CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

	@BeforeEach
	void askOnce() {
		assertThat(gateway.get(HIT).headers().containsHeader("Connection")).isFalse();
		assertThat(gateway.get(HIT).header("Cache-Status")).contains("hit");
	}

	@AfterEach
	void awaitEnd() {
		stopped.join();
	}

	@Test
	void keptConnectionWhenDrainingIsClosedWithItsAnswer() {
		List<RawClient> kept = TARGETS.stream().map((target) -> RawClient.of(gateway)).toList();
		kept.forEach((client) -> client.send(REQUEST.formatted(HIT)));
		assertThat(kept).allSatisfy((client) -> assertThat(client.read()).startsWith("HTTP/1.1 200 ")
			.doesNotContainIgnoringCase("Connection"));

		beginToStop();

		assertThat(kept).zipSatisfy(TARGETS, (client, target) -> {
			client.send(REQUEST.formatted(target));
			assertThat(client.read()).startsWith("HTTP/1.1 ").containsIgnoringCase(CLOSE);
			assertThat(client.readToEnd()).isEmpty();
		});
		kept.forEach(RawClient::close);
		try (RawClient next = RawClient.of(gateway)) {
			next.send(REQUEST.formatted(HIT));
			assertThat(next.read()).startsWith("HTTP/1.1 200 ").containsIgnoringCase(CLOSE);
		}
	}

	@Test
	void managementWhenDrainingIsAsBeforeButNotReady() {
		beginToStop();
		double before = requests();

		assertThat(gateway.get(HIT).status()).isEqualTo(200);
		assertThat(gateway.actuator("/health/liveness").status()).isEqualTo(200);
		assertThat(gateway.actuator("/health/readiness").headers().containsHeader("Connection")).isFalse();
		assertThat(requests()).isGreaterThan(before);
	}

	// Runs outside the common pool: its one thread on two cores is needed by the HTTP
	// client.
	private void beginToStop() {
		stopped = CompletableFuture.runAsync(replica::stop, Thread::startVirtualThread);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> gateway.actuator("/health/readiness").status() == 503);
		assertThat(stopped).isNotDone();
	}

	/**
	 * Returns the number of counted requests.
	 */
	private double requests() {
		return gateway.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line.startsWith("gateway_requests_total"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

}
