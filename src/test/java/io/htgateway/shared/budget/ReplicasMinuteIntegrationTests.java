package io.htgateway.shared.budget;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the calls in any minute, as the upstream counts them, while clients request
 * more than the plan allows.
 */
@Tag("replicas")
class ReplicasMinuteIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation?limit=";

	private static final int PLAN = 60;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void callsOfNoMinuteExceedThePlanWhileReplicasAndRedisComeAndGo() throws Exception {
		try (RedisServer redis = RedisServer.start(); Replicas replicas = replicas(redis).start(2)) {
			ReplicaProcess loading = replicas.addProcess();
			replicas.upstream().delay(Endpoint.FILLS, Duration.ofSeconds(2));
			CompletableFuture<Gateway.Response> lost = loading.gateway().send("GET", FILLS + 100);
			Awaitility.await().untilAsserted(() -> assertThat(replicas.upstream().calls(Endpoint.FILLS)).isEqualTo(1));
			AtomicReference<List<Gateway>> targets = new AtomicReference<>(replicas.gateways().subList(0, 2));
			List<Thread> clients = clients(targets);

			loading.kill();
			replicas.upstream().delay(Endpoint.FILLS, Duration.ZERO);
			assertThat(lost).failsWithin(Duration.ofSeconds(5));
			after(replicas, Duration.ofSeconds(15));
			targets.set(List.of(replicas.gateway(0), replicas.gateway(1), replicas.add().gateway()));
			after(replicas, Duration.ofSeconds(35));
			redis.kill();
			after(replicas, Duration.ofSeconds(45));
			redis.restartEmpty();
			after(replicas, Duration.ofSeconds(90));

			targets.set(List.of());
			for (Thread client : clients) {
				client.join();
			}
			List<Long> times = times(replicas);
			assertThat(times).hasSizeGreaterThan(PLAN / 2);
			assertThat(times).allSatisfy((start) -> assertThat(
					times.stream().filter((time) -> time >= start && time < start + MINUTE.toMillis()))
				.hasSizeLessThanOrEqualTo(PLAN));
		}
	}

	private static Replicas replicas(RedisServer redis) {
		return Replicas.on(redis)
			.with("gateway.access-log.enabled", false)
			.with("gateway.shared.timeout", "250ms")
			.with("gateway.budget.per-minute", PLAN)
			.with("gateway.budget.replicas", 4);
	}

	// Ends when there are no gateways left.
	private static List<Thread> clients(AtomicReference<List<Gateway>> targets) {
		return IntStream.range(0, 2).mapToObj((client) -> Thread.ofPlatform().start(() -> {
			int request = 0;
			for (List<Gateway> gateways = targets.get(); !gateways.isEmpty(); gateways = targets.get()) {
				request++;
				gateways.get((client + request) % gateways.size()).get(FILLS + (1 + request % 99));
			}
		})).toList();
	}

	private static void after(Replicas replicas, Duration time) {
		long first = times(replicas).getFirst();
		Awaitility.await()
			.atMost(MINUTE.multipliedBy(2))
			.until(() -> System.currentTimeMillis() >= first + time.toMillis());
	}

	private static List<Long> times(Replicas replicas) {
		return replicas.upstream()
			.requests(Endpoint.FILLS)
			.stream()
			.map(LoggedRequest::getLoggedDate)
			.map(Date::getTime)
			.sorted()
			.toList();
	}

}
