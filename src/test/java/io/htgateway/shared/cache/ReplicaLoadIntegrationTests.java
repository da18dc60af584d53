package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of steady load on several replicas.
 */
@Tag("replicas")
class ReplicaLoadIntegrationTests {

	private static final Duration TTL = Duration.ofSeconds(5);

	@Test
	void threeReplicasUnderLoadForTenLifetimesCallUpstreamAsOftenAsOne() {
		try (Replicas replicas = Replicas.on(RedisServer.shared())
			.with("gateway.access-log.enabled", false)
			.with("gateway.risk.ttl", TTL)
			.with("gateway.heatmap.ttl", TTL)
			.start(3)) {
			List<Gateway> twoClientsOfEach = Stream.of(replicas.gateways(), replicas.gateways())
				.flatMap(List::stream)
				.toList();
			try (Traffic traffic = new Traffic(twoClientsOfEach, Targets.all())) {

				List<Traffic.Answer> answers = traffic.during(TTL.multipliedBy(10));

				assertThat(Targets.calls(replicas.upstream())).isCloseTo(460, Offset.offset(9));
				assertThat(answers).hasSizeGreaterThan(10_000).extracting(Traffic.Answer::status).containsOnly(200);
			}
		}
	}

}
