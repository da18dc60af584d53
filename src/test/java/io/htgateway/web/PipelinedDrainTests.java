package io.htgateway.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that a gateway has received before it is shut down, without a drain delay.
 */
@Tag("replicas")
class PipelinedDrainTests {

	private static final String RISK = "/api/external/%d/assets/liquidation-risk?limit=5";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String LARGE = "{\"coin\":\"BTC\",\"heatmap\":[" + " ".repeat(20_000_000) + "]}";

	@AutoClose
	private final Replicas replicas = Replicas.alone().start(1);

	private final Replica replica = replicas.all().getFirst();

	private final Gateway gateway = replica.gateway();

	private CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

	@AfterEach
	void awaitEnd() {
		stopped.join();
	}

	@Test
	void requestsWhenSentAheadAreAllAnsweredAndTheLastSaysClose() {
		replicas.upstream().delay(Endpoint.RISK, Duration.ofMillis(400));
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get(RISK.formatted(1)) + get(RISK.formatted(2)) + get("/%zz") + get(RISK.formatted(3)));
			awaitCall(Endpoint.RISK);
			beginToStop();

			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("\r\nConnection: ");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("\r\nConnection: ");
			assertThat(client.read()).startsWith("HTTP/1.1 400 ").doesNotContainIgnoringCase("\r\nConnection: ");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\r\nConnection: close\r\n");
			assertThat(client.readToEnd()).isEmpty();
		}
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(3);
	}

	@Test
	void requestsWhenCachedAndSentTogetherWhileTheServerDrainsAreAllAnswered() {
		try (Replicas draining = Replicas.alone().with("gateway.drain.delay", "3s").start(1);
				RawClient client = RawClient.of(draining.all().getFirst().gateway())) {
			client.send(get(RISK.formatted(1)));
			assertThat(client.read()).startsWith("HTTP/1.1 200 ");
			CompletableFuture<Void> stop = CompletableFuture.runAsync(draining.all().getFirst()::stop,
					Thread::startVirtualThread);
			Awaitility.await()
				.until(() -> draining.all().getFirst().gateway().actuator("/health/readiness").status() == 503);

			client.send(get(RISK.formatted(1)) + get(RISK.formatted(1)) + get(RISK.formatted(1)));

			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("\r\nConnection: ");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("\r\nConnection: ");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\r\nConnection: close\r\n");
			assertThat(client.readToEnd()).isEmpty();
			stop.join();
		}
	}

	@Test
	void requestWhenBehindALargeResponseThatIsBeingSentIsAnswered() {
		replicas.upstream().answer(Endpoint.DOWNLOAD, WireMock.ok().withBody(LARGE));
		try (RawClient client = RawClient.of(gateway)) {
			client.send(get(HEATMAP) + get(RISK.formatted(1)));
			String head = client.readHead();
			assertThat(head).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("\r\nConnection: ");
			beginToStop();

			assertThat(client.readBytes(LARGE.length())).hasSize(LARGE.length());
			assertThat(client.read()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\r\nConnection: close\r\n");
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void streamsOfHttp2AreAllAnsweredAfterGoAwayWithTheLastOfThem() {
		replicas.upstream().delay(Endpoint.RISK, Duration.ofSeconds(1));
		List<Http2Client.Frame> frames = new ArrayList<>();
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			for (int stream = 1; stream <= 5; stream += 2) {
				client.request(stream, Http2Frames.get(RISK.formatted(stream)));
			}
			Awaitility.await().until(() -> replicas.upstream().calls(Endpoint.RISK) == 3);
			beginToStop();
			frames.addAll(client.readToEnd());
		}
		assertThat(frames).filteredOn((frame) -> frame.type() == Http2Frames.GOAWAY)
			.isNotEmpty()
			.allSatisfy((frame) -> assertThat(ByteBuffer.wrap(frame.payload()).getInt()).isEqualTo(5));
		assertThat(frames).filteredOn(Http2Client.Frame::endsStream)
			.extracting(Http2Client.Frame::stream)
			.containsExactlyInAnyOrder(1, 3, 5);
		assertThat(frames).noneMatch((frame) -> frame.type() == Http2Frames.RST_STREAM);
	}

	private void awaitCall(Endpoint endpoint) {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> replicas.upstream().calls(endpoint) > 0);
	}

	// Runs outside the common pool, whose threads are needed by the HTTP client.
	private void beginToStop() {
		stopped = CompletableFuture.runAsync(replica::stop, Thread::startVirtualThread);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> gateway.actuator("/health/readiness").status() == 503);
	}

	private static String get(String target) {
		return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
	}

}
