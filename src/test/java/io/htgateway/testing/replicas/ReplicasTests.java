package io.htgateway.testing.replicas;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Proves that replicas serve side by side, and that one may go without the others.
 */
@Tag("replicas")
class ReplicasTests {

	private static final String TARGET = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@Test
	void replicaServesWhenAnotherOneOfThisJvmWasStopped() {
		try (Replicas replicas = Replicas.on(RedisServer.shared()).start(2)) {
			Gateway kept = replicas.gateway(1);
			assertThat(replicas.gateways()).extracting((gateway) -> gateway.get(TARGET).status())
				.containsExactly(200, 200);
			assertThat(RedisServer.shared().texts("KEYS", replicas.prefix() + "*")).isNotEmpty();

			replicas.stop(replicas.all().getFirst());

			assertThat(replicas.gateways()).containsExactly(kept);
			assertThat(kept.get(TARGET).status()).isEqualTo(200);
			assertThat(kept.get(TARGET.replace("BTC", "ETH")).status()).isEqualTo(200);
		}
	}

	@Test
	void replicaOfItsOwnJvmServesUntilItIsKilled() {
		try (Replicas replicas = Replicas.on(RedisServer.shared())) {
			ReplicaProcess replica = replicas.addProcess();
			assertThat(replica.gateway().get(TARGET).status()).isEqualTo(200);
			assertThat(replica.output()).doesNotContain("ERROR");

			replica.kill();

			assertThatException().isThrownBy(() -> replica.gateway().get(TARGET)).withMessageContaining("Connect");
		}
	}

}
