package io.htgateway.ops;

import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of 5 MB in a process with little memory: no client waits for a lost response.
 */
@Tag("replicas")
class FullMemoryIntegrationTests {

	private static final int REQUESTS = 24;

	@Test
	void requestsWhenHeapIsFullAreAllToldAndTheProcessEnds() {
		try (Replicas replicas = replicasOfLargeFiles()) {
			ReplicaProcess process = replicas.with("gateway.cache.max-size", "48MB").addProcess("-Xmx64m");
			CompletableFuture<Integer> exit = process.exit();

			for (int round = 0; round < 5 && !exit.isDone(); round++) {
				assertThat(failures(process.gateway(), round)).noneMatch(HttpTimeoutException.class::isInstance);
			}

			Awaitility.await().until(exit::isDone);
			assertThat(exit).isCompletedWithValue(3);
			assertThat(process.output()).contains("Terminating due to java.lang.OutOfMemoryError: ");
		}
	}

	@Test
	void requestsWhenMemoryOffTheHeapIsFullAreAllToldAndTheProcessGoesOn() {
		try (Replicas replicas = replicasOfLargeFiles()) {
			ReplicaProcess process = replicas.with("gateway.cache.max-size", "25MB")
				.addProcess("-Xmx512m", "-XX:MaxDirectMemorySize=32m", "-Dio.netty.maxDirectMemory=16777216");

			assertThat(failures(process.gateway(), 0)).isEmpty();

			assertThat(process.gateway().get(target(90)).status()).isIn(200, 502, 503);
			assertThat(process.gateway().actuator("/health/readiness").status()).isEqualTo(200);
		}
	}

	private static Replicas replicasOfLargeFiles() {
		Replicas replicas = Replicas.alone();
		replicas.upstream()
			.answer(Endpoint.DOWNLOAD, WireMock
				.okJson("{\"coin\":\"BTC\",\"heatmap\":[{\"note\":\"" + "a".repeat(5 * 1024 * 1024) + "\"}]}"));
		replicas.upstream()
			.answer(Endpoint.HEATMAP, WireMock.temporaryRedirect(replicas.upstream().signedLink("BTC").toString()));
		return replicas;
	}

	private static List<Throwable> failures(Gateway gateway, int round) {
		return IntStream.range(0, REQUESTS)
			.mapToObj((number) -> gateway.send("GET", target(round * REQUESTS + number)))
			.toList()
			.stream()
			.map(FullMemoryIntegrationTests::failure)
			.filter(Objects::nonNull)
			.toList();
	}

	private static @Nullable Throwable failure(CompletableFuture<Gateway.Response> response) {
		return response.<@Nullable Throwable>handle((answer, failure) -> (failure != null) ? failure.getCause() : null)
			.join();
	}

	private static String target(int number) {
		return "/api/external/exports/coins/C" + number + "/liquidation-heatmap";
	}

}
