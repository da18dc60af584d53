package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.stream.poll.FillPoller;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests streams of replicas while Redis is unavailable, and after that.
 */
@Tag("replicas")
class StreamFaultIntegrationTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:02:00Z"));

	private final Instant start = clock.instant();

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void redisThatIsUnavailableStopsPollsAndLosesNothing(boolean emptied) {
		try (RedisServer redis = RedisServer.start();
				Replicas replicas = Replicas.on(redis, clock)
					.with("gateway.stream.enabled", true)
					.with("gateway.shared.timeout", "250ms")
					.start(2)) {
			replicas.all().forEach((replica) -> context(replica).bean("streamRuns", Disposable.class).dispose());
			try (StreamClient first = StreamClient.open(replicas.gateway(0), "");
					StreamClient second = StreamClient.open(replicas.gateway(1), "")) {
				replicas.upstream().liquidate(2_500, start.plusSeconds(1), start.plusSeconds(250));
				pass(replicas);
				pass(replicas);
				int calls = calls(replicas);
				redis.pause();
				assertThat(first.await("interval").data()).isEqualTo("{\"seconds\":60,\"reason\":\"shared\"}");
				assertThat(second.await("interval").data()).isEqualTo("{\"seconds\":60,\"reason\":\"shared\"}");
				pass(replicas);
				assertThat(calls(replicas)).isEqualTo(calls);
				if (emptied) {
					redis.restartEmpty();
				}
				else {
					redis.resume();
				}
				for (StreamClient client : List.of(first, second)) {
					Awaitility.await()
						.until(() -> client.await("interval")
							.data()
							.equals("{\"seconds\":60,\"reason\":\"configured\"}"));
				}
				pass(replicas);
				pass(replicas);
				List<String> all = StreamRuns.fillsSince(replicas.upstream(), start);
				Awaitility.await().until(() -> {
					run(replicas);
					return first.countFills() >= all.size() && second.countFills() >= all.size();
				});
				assertThat(first.fills()).isEqualTo(all);
				assertThat(second.fills()).isEqualTo(all);
				assertThat(first.events("gap")).isEmpty();
				assertThat(second.events("gap")).isEmpty();
				assertThat(calls(replicas)).isLessThan(calls + 5);
			}
		}
	}

	private void pass(Replicas replicas) {
		clock.advance(MINUTE);
		run(replicas);
	}

	private static void run(Replicas replicas) {
		for (Replica replica : replicas.all()) {
			context(replica).bean(JournalFollower.class).run().block();
			context(replica).bean(FillPoller.class).run().block();
		}
	}

	private static int calls(Replicas replicas) {
		return replicas.upstream().calls(Endpoint.FILLS);
	}

	private static ReplicaContext context(Replica replica) {
		return (ReplicaContext) replica;
	}

}
