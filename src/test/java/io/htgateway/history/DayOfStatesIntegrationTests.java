package io.htgateway.history;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the history of a day in which each state is requested.
 */
class DayOfStatesIntegrationTests {

	private static final String BTC = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final Duration STATE = Duration.ofMinutes(20);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T00:00:30Z"));

	@Test
	void dayOfStatesIsADayOfHeatmaps(@TempDir Path folder) {
		try (Replicas replicas = Replicas.alone(clock)
			.with("gateway.history.enabled", true)
			.with("gateway.history.location", folder)) {
			ReplicaContext replica = replicas.add();
			List<String> served = new ArrayList<>();
			for (int state = 0; state < Duration.ofDays(1).dividedBy(STATE); state++) {
				served.add(newest(replica));
				clock.advance(STATE);
			}
			Awaitility.await().until(() -> replica.bean(Backlog.class).count() == 0);

			Gateway.Response stream = replica.gateway()
				.get("/api/history/heatmap/BTC?from=2026-11-02T00:00:00Z&to=2026-11-03T00:00:00Z", "Accept",
						"application/x-ndjson");

			assertThat(served).hasSize(72).doesNotHaveDuplicates();
			assertThat(bodies(stream)).isEqualTo(served);
			assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(72);
		}
	}

	// The first request for a stale heatmap starts a refresh, the second gets its result.
	private static String newest(ReplicaContext replica) {
		replica.gateway().get(BTC);
		Awaitility.await().until(() -> replica.bean(ResponseCache.class).loadsInFlight() == 0);
		return replica.gateway().get(BTC).text();
	}

	// The text is compared, because equal JSON values can have different texts.
	private static List<String> bodies(Gateway.Response stream) {
		return Arrays.stream(new String(stream.body(), StandardCharsets.UTF_8).split("\n"))
			.map((line) -> line.replaceFirst("^\\{\"time\":\"[^\"]+\",\"etag\":\"[^{]+\",\"body\":", "")
				.replaceFirst("}$", ""))
			.toList();
	}

}
