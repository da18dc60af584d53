package io.htgateway.shared.state;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.state.Timeline;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import io.htgateway.time.Dates;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A state that one replica learns of, at the others.
 */
@Tag("replicas")
class SharedStateIntegrationTests {

	private static final RedisServer REDIS = RedisServer.shared();

	@Test
	void stateThatOneReplicaKnowsIsKnownToAllAndToNewOnes() {
		try (Replicas replicas = Replicas.on(REDIS).start(2)) {
			Instant at = replicas.add()
				.bean(Dates.class)
				.clock()
				.instant()
				.minusSeconds(30)
				.truncatedTo(ChronoUnit.MILLIS);
			clock(replicas.all().getFirst())
				.report(new StateUpdate(at, at.plusSeconds(1_200), StateSource.WEBHOOK, null, null));
			replicas.add();

			for (Replica replica : replicas.all()) {
				Awaitility.await().until(() -> clock(replica).newest() != null);
				Timeline newest = Objects.requireNonNull(clock(replica).newest());
				assertThat(newest.at()).isEqualTo(at);
				assertThat(newest.source()).isEqualTo(StateSource.WEBHOOK);
				assertThat(newest.announced()).isEqualTo(Duration.ofMinutes(20));
			}
		}
	}

	private static StateClock clock(Replica replica) {
		return ((ReplicaContext) replica).bean(StateClock.class);
	}

}
