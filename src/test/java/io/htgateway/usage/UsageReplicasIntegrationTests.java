package io.htgateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.Problems;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three gateways with one budget show a team the same usage.
 */
@Tag("replicas")
class UsageReplicasIntegrationTests {

	private static final List<String> TEAMS = List.of("research", "trading", "lab");

	private static final List<String> HASHES = List.of(
			"3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115",
			"ed28eb99f0007bf7cbf8d6c110f000eb4e76d91504dd771c45e5bad24fc81917",
			"e98e88f1824ed5e30629d1f0a0dedc5c2d7d4ad926425dc58e2c0224032a69d4");

	@Test
	void usageIsTheSameAtAllReplicasAndThatOfTheLedger() {
		try (Replicas replicas = replicas(RedisServer.shared()).start(3)) {
			Random random = new Random(19);
			Map<String, Long> calls = new HashMap<>();
			List<CompletableFuture<Gateway.Response>> answers = IntStream.range(0, 120).mapToObj((number) -> {
				String team = TEAMS.get(random.nextInt(TEAMS.size()));
				calls.merge(team, 1L, Long::sum);
				return replicas.gateway(random.nextInt(3))
					.send("GET", "/api/external/fills/liquidation?coin=C" + number, "Authorization",
							"Bearer " + team + "-token");
			}).toList();
			assertThat(answers).allSatisfy((answer) -> assertThat(answer.join().status()).isEqualTo(200));

			for (String team : TEAMS) {
				for (int replica = 0; replica < 3; replica++) {
					JsonNode usage = usage(replicas.gateway(replica), team);
					assertThat(usage.path("calls").valueStream().map((window) -> window.path("used").asLong()))
						.containsExactly(calls.get(team), calls.get(team), calls.get(team));
					assertThat(usage.path("endpoints").valueStream().map((line) -> line.path("calls").asLong()))
						.containsExactly(calls.get(team));
				}
			}
			assertThat(replicas.upstream().calls(Endpoint.FILLS)).isEqualTo(120);
		}
	}

	@Test
	void usageSaysSinceWhenTheCallsAreKnown() {
		try (RedisServer redis = RedisServer.start(); Replicas replicas = replicas(redis).start(2)) {
			Instant first = since(replicas.gateway(0));
			assertThat(first).isAfter(Instant.now().minus(Duration.ofHours(1)));
			assertThat(since(replicas.gateway(1))).isEqualTo(first);

			redis.command("FLUSHALL");

			Instant second = since(replicas.gateway(0));
			assertThat(second).isAfter(first);
			assertThat(since(replicas.gateway(1))).isEqualTo(second);
		}
	}

	private static Instant since(Gateway gateway) {
		return Instant.parse(usage(gateway, "lab").path("since").asString());
	}

	@Test
	void usageIsUnavailableWithoutTheLedger() {
		try (RedisServer redis = RedisServer.start(); Replicas replicas = replicas(redis).start(1)) {
			assertThat(usage(replicas.gateway(0), "lab").path("calls").size()).isEqualTo(3);
			redis.kill();

			Gateway.Response response = get(replicas.gateway(0), "lab");

			Problems.check(response, 503, "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
			assertThat(response.header("Retry-After")).isEqualTo("1");
		}
	}

	private static JsonNode usage(Gateway gateway, String team) {
		Gateway.Response response = get(gateway, team);
		assertThat(response.status()).isEqualTo(200);
		return response.json();
	}

	private static Gateway.Response get(Gateway gateway, String team) {
		return gateway.get("/api/usage", "Authorization", "Bearer " + team + "-token");
	}

	private static Replicas replicas(RedisServer redis) {
		Replicas replicas = Replicas.on(redis)
			.with("gateway.budget.per-minute", 600)
			.with("gateway.budget.per-day", 5000)
			.with("gateway.budget.per-month", 50_000);
		for (int team = 0; team < TEAMS.size(); team++) {
			replicas.with("gateway.access.teams[%d].name".formatted(team), TEAMS.get(team))
				.with("gateway.access.teams[%d].token-sha256".formatted(team), HASHES.get(team));
		}
		return replicas.with("gateway.access.teams[0].upstream-share", 0.5);
	}

}
