package io.htgateway.web;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.SteadyClient;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM under load. The clients send requests until the gateway is not ready, like
 * those of a load balancer.
 */
@Tag("replicas")
class DrainUnderLoadTests {

	private static final int CLIENTS = 8;

	/**
	 * Exit code of a JVM after SIGTERM.
	 */
	private static final int TERMINATED = 143;

	private static final String HEATMAP = "/api/external/exports/coins/%s/liquidation-heatmap";

	@Test
	void sigtermUnderLoadTakesReadinessFirstAndFailsNoRequest() {
		try (Replicas replicas = Replicas.alone().with("gateway.drain.delay", "3s")) {
			ReplicaProcess replica = replicas.addProcess();
			Gateway gateway = replica.gateway();
			List<SteadyClient> clients = IntStream.range(0, CLIENTS)
				.mapToObj((number) -> SteadyClient.start(gateway, HEATMAP.formatted("ETH"), number % 2 == 0))
				.toList();
			awaitAnswers(clients);

			CompletableFuture<Integer> ended = replica.terminate();
			Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> readiness(gateway) == 503);
			awaitAnswers(clients);
			replicas.upstream().delay(Endpoint.HEATMAP, Duration.ofSeconds(6));
			CompletableFuture<Gateway.Response> slow = gateway.send("GET", HEATMAP.formatted("SOL"));
			clients.forEach(SteadyClient::close);
			Awaitility.await().until(() -> !accepts(gateway.port()));

			assertThat(slow).isNotDone();
			assertThat(readiness(gateway)).isEqualTo(503);
			assertThat(gateway.actuator("/health/liveness").status()).isEqualTo(200);
			assertThat(gateway.actuator("/prometheus").text()).contains("gateway_requests");
			assertThat(slow.join().status()).isEqualTo(200);
			assertThat(ended.join()).isEqualTo(TERMINATED);
			assertThat(clients).allSatisfy((client) -> assertThat(client.failures()).isEmpty());
			assertThat(replica.output()).doesNotContain(" ERROR ");
		}
	}

	/**
	 * Waits until each client has received more responses.
	 */
	private static void awaitAnswers(List<SteadyClient> clients) {
		List<Integer> before = clients.stream().map(SteadyClient::answers).toList();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> IntStream.range(0, CLIENTS)
				.allMatch((number) -> clients.get(number).answers() > before.get(number) + 20));
	}

	private static boolean accepts(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
			return socket.isConnected();
		}
		catch (ConnectException refused) {
			return false;
		}
	}

	private static int readiness(Gateway gateway) {
		return gateway.actuator("/health/readiness").status();
	}

}
