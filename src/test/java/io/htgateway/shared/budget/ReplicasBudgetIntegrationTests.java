package io.htgateway.shared.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the calls that three gateways with one plan make together.
 */
@Tag("replicas")
class ReplicasBudgetIntegrationTests {

	private static final String FILLS = "/api/external/fills/liquidation?limit=";

	@Test
	void callsOfThreeReplicasAreThoseOfOnePlan() {
		try (Replicas replicas = replicas().with("gateway.budget.per-minute", 60).start(3)) {
			List<CompletableFuture<Gateway.Response>> cold = IntStream.range(0, 90)
				.mapToObj((number) -> replicas.gateway(number % 3).send("GET", FILLS + (number + 1)))
				.toList();
			List<Integer> statuses = cold.stream().map((answer) -> answer.join().status()).toList();

			int calls = replicas.upstream().calls(Endpoint.FILLS);
			assertThat(calls).isEqualTo(60);
			assertThat(statuses).containsOnly(200, 503);
			assertThat(statuses.stream().filter((status) -> status == 200)).hasSize(calls);
		}
	}

	@Test
	void allKeysAreLoadedAtOnceByThreeReplicas() {
		try (Replicas replicas = replicas().with("gateway.budget.per-minute", 60)
			.with("gateway.budget.replicas", 3)
			.start(3)) {
			List<CompletableFuture<Gateway.Response>> cold = IntStream.range(0, 46)
				.mapToObj((number) -> replicas.gateway(number % 3).send("GET", FILLS + (number + 1)))
				.toList();

			assertThat(cold).allSatisfy((answer) -> assertThat(answer.join().status()).isEqualTo(200));
			assertThat(replicas.upstream().calls(Endpoint.FILLS)).isEqualTo(46);
		}
	}

	@Test
	void pauseOfOneReplicaAppliesToTheOther() {
		try (Replicas replicas = replicas().start(2)) {
			replicas.upstream().answerNext(Endpoint.FILLS, 1, WireMock.status(429).withHeader("Retry-After", "60"));
			assertThat(replicas.gateway(0).get(FILLS + 1).status()).isEqualTo(503);

			Awaitility.await().until(() -> replicas.gateway(1).actuator("/health/upstream").status() != 200);
			assertThat(replicas.gateway(1).get(FILLS + 2).status()).isEqualTo(503);
			assertThat(replicas.add().gateway().get(FILLS + 3).status()).isEqualTo(503);
			assertThat(replicas.upstream().calls(Endpoint.FILLS)).isEqualTo(1);
		}
	}

	@Test
	void requestsOfATeamAreCountedOverReplicas() {
		Replicas configured = replicas().with("gateway.access.teams[0].name", "research")
			.with("gateway.access.teams[0].token-sha256",
					"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
			.with("gateway.access.teams[0].requests-per-minute", 20);
		try (Replicas replicas = configured.start(2)) {
			for (int request = 0; request < 19; request++) {
				assertThat(replicas.gateway(0).get(FILLS + 1, "X-API-Key", "test").status()).isEqualTo(200);
			}

			Awaitility.await()
				.untilAsserted(() -> assertThat(replicas.gateway(1).get(FILLS + 1, "X-API-Key", "test").status())
					.isEqualTo(429));
			Awaitility.await()
				.untilAsserted(() -> assertThat(replicas.gateway(0).get(FILLS + 1, "X-API-Key", "test").status())
					.isEqualTo(429));
		}
	}

	@Test
	void callsOfOthersAreThoseOfAllReplicas() {
		try (Replicas replicas = replicas().with("gateway.budget.per-month", 1000)
			.with("gateway.budget.assume-even-spend", false)
			.start(3)) {
			long wait = Duration.between(Instant.now(), elsewhere(replicas, 0).resetsAt()).toSeconds();
			replicas.upstream().delay(Endpoint.FILLS, Duration.ofMillis(500));
			replicas.upstream()
				.answerNext(Endpoint.FILLS, 3,
						WireMock.jsonResponse("{\"error\":\"rate_limit_exceeded\",\"retry_after\":" + wait + "}", 429));

			List<CompletableFuture<Gateway.Response>> answers = IntStream.range(0, 3)
				.mapToObj((number) -> replicas.gateway(number).send("GET", FILLS + (number + 1)))
				.toList();

			assertThat(answers).allSatisfy((answer) -> assertThat(answer.join().status()).isEqualTo(503));
			assertThat(replicas.upstream().calls(Endpoint.FILLS)).isEqualTo(3);
			awaitElsewhere(replicas, 250);

			Gateway.Response entered = replicas.gateway(0)
				.actuatorPost("/gateway", "application/json", "{\"used\":1000}");

			assertThat(entered.status()).isEqualTo(200);
			awaitElsewhere(replicas, entered.json().path("elsewhere").asLong());
			replicas.gateway(2).actuatorPost("/gateway", "application/json", "{\"used\":0}");
			awaitElsewhere(replicas, 0);
		}
	}

	private static void awaitElsewhere(Replicas replicas, long calls) {
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(IntStream.range(0, 3)).extracting((number) -> elsewhere(replicas, number).calls())
						.containsOnly(calls));
	}

	private static Month elsewhere(Replicas replicas, int number) {
		JsonNode month = replicas.gateway(number)
			.actuator("/gateway")
			.json()
			.path("budget")
			.path("windows")
			.valueStream()
			.toList()
			.getLast();
		return new Month(month.path("elsewhere").asLong(), Instant.parse(month.path("resetsAt").asString()));
	}

	private static Replicas replicas() {
		return Replicas.on(RedisServer.shared());
	}

	private record Month(long calls, Instant resetsAt) {
	}

}
