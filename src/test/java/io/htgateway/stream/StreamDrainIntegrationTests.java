package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.htgateway.stream.poll.FillPoller;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the end of gateways with streams, and gateways without any.
 */
class StreamDrainIntegrationTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:02:00Z"));

	@Test
	void gatewayThatStopsEndsItsStreamsAndTheNextOneGoesOnWithoutLoss() {
		try (Replicas replicas = Replicas.alone(clock).with("gateway.stream.enabled", true).start(1)) {
			ReplicaContext first = (ReplicaContext) replicas.all().getFirst();
			Instant start = clock.instant();
			try (StreamClient client = StreamClient.open(first.gateway(), "")) {
				replicas.upstream().liquidate(50, start.plusSeconds(1), start.plusSeconds(200));
				clock.advance(Duration.ofMinutes(1));
				first.bean(FillPoller.class).run().block();
				Awaitility.await().until(() -> !client.fills().isEmpty());
				replicas.add();
				CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> replicas.stop(first));
				assertThat(client.await("end").data()).isEqualTo("{\"reason\":\"shutdown\"}");
				Awaitility.await().until(client::isEnded);
				stopped.join();
				clock.advance(Duration.ofMinutes(3));
				List<String> all = StreamRuns.fillsSince(replicas.upstream(), start);
				try (StreamClient next = StreamClient.after(replicas.gateway(0), String.valueOf(client.lastId()))) {
					ReplicaContext second = (ReplicaContext) replicas.all().getFirst();
					Awaitility.await().until(() -> {
						second.bean(FillPoller.class).run().block();
						return client.fills().size() + next.fills().size() >= all.size();
					});
					assertThat(next.events("gap")).isEmpty();
					assertThat(Stream.concat(client.fills().stream(), next.fills().stream()).toList()).isEqualTo(all);
				}
			}
		}
	}

	@Test
	void streamsAreOffByDefault() {
		try (Replicas replicas = Replicas.alone(clock).start(1)) {
			assertThat(replicas.gateway(0).get(StreamClient.PATH).status()).isEqualTo(404);
			assertThat(replicas.gateway(0).get("/v3/api-docs").text()).doesNotContain(StreamClient.PATH);
		}
	}

}
