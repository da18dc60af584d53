package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of replicas that start and stop under load.
 */
@Tag("replicas")
class ReplicaRolloutIntegrationTests {

	@Test
	void rolloutUnderLoadFailsNoRequestAndCallsUpstreamNoMore() {
		try (Replicas replicas = Replicas.on(RedisServer.shared()).with("gateway.access-log.enabled", false).start(3)) {
			List<Replica> old = replicas.all();
			try (Traffic traffic = new Traffic(replicas.gateways(), Targets.all())) {
				traffic.during(Duration.ofSeconds(2));
				for (Replica replica : old) {
					replicas.add();
					traffic.moveTo(replicas.gateways().subList(1, replicas.all().size()));
					replicas.stop(replica);
				}

				List<Traffic.Answer> answers = traffic.all();

				assertThat(answers).hasSizeGreaterThan(500).extracting(Traffic.Answer::status).containsOnly(200);
			}
			assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(16);
			assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(30);
		}
	}

	@Test
	void loadOfAKilledReplicaIsRepeatedByAWaitingOne() {
		String target = Targets.heatmap("ETH");
		try (Replicas replicas = Replicas.on(RedisServer.shared()).start(1)) {
			ReplicaProcess loading = replicas.addProcess();
			replicas.upstream().delay(Endpoint.HEATMAP, Duration.ofSeconds(4));
			CompletableFuture<Gateway.Response> lost = loading.gateway().send("GET", target);
			Awaitility.await()
				.untilAsserted(() -> assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(1));
			CompletableFuture<Gateway.Response> waiting = replicas.gateway(0).send("GET", target);
			assertThat(lost).isNotDone();

			loading.kill();

			assertThat(waiting.join().status()).isEqualTo(200);
			assertThat(lost).failsWithin(Duration.ofSeconds(5));
			assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(2);
		}
	}

}
