package io.htgateway.shared.teams;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.htgateway.access.authentication.Limits;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link TeamRequests} at two replicas, which synchronize only when the test
 * tells them to.
 */
class TeamRequestsTests {

	private static final int REPLICAS = 2;

	private final String prefix = UUID.randomUUID().toString();

	private final List<Stores> connected = new ArrayList<>();

	private final RequestLimit first = Limits.perMinute(10);

	private final RequestLimit second = Limits.perMinute(10);

	@AfterEach
	void close() {
		connected.forEach(Stores::close);
	}

	@Test
	void requestsAtOneReplicaAreSubtractedAtTheOther() {
		TeamRequests here = share(first, RedisServer.shared());
		TeamRequests there = share(second, RedisServer.shared());
		assertThat(Limits.take(first, 8)).isEqualTo(8);

		here.synchronize().block();
		there.synchronize().block();

		assertThat(second.left()).isBetween(2L, 3L);
		assertThat(Limits.take(second, 10)).isBetween(2, 3);
		assertThat(second.retryAfter()).isPositive();
	}

	@Test
	void requestsAreReportedInTheBackgroundWithoutAPoll() {
		share(first, RedisServer.shared());
		TeamRequests there = share(second, RedisServer.shared());

		Limits.take(first, 10);

		Awaitility.await().until(() -> {
			there.synchronize().block();
			return second.left() <= 2;
		});
	}

	@Test
	void excessRequestsAreSubtractedFromLaterOnes() {
		TeamRequests here = share(first, RedisServer.shared());
		TeamRequests there = share(second, RedisServer.shared());
		Limits.take(first, 10);
		Limits.take(second, 10);

		here.synchronize().block();
		there.synchronize().block();
		here.synchronize().block();

		assertThat(Limits.take(first, 1)).isZero();
		assertThat(first.retryAfter()).isGreaterThan(Duration.ofSeconds(20));
	}

	@Test
	void requestsWhenRedisIsUnavailableAreThisReplicasPart() {
		try (RedisServer redis = RedisServer.start()) {
			TeamRequests here = share(first, redis);
			here.synchronize().block();
			redis.kill();

			Awaitility.await().until(() -> {
				here.synchronize().block();
				return !connected.getFirst().store().isAvailable();
			});

			assertThat(Limits.take(first, 10)).isEqualTo(5);
			assertThat(first.left()).isZero();
			assertThat(first.resetAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61));
		}
	}

	@Test
	void requestsWhenOneReplyIsLateOrLostAreThoseOfAllReplicas() throws IOException {
		try (RedisRoute route = RedisRoute.to(RedisServer.shared())) {
			Stores stores = Stores.connect(route.port(), prefix, Duration.ofMillis(250));
			connected.add(stores);
			TeamRequests here = new TeamRequests(stores.store(), "research", first, REPLICAS);
			route.holdBack(1, "", Duration.ofMillis(300));
			here.synchronize().block();

			assertThat(Limits.take(first, 10)).isEqualTo(10);
			route.closeConnections();
			here.synchronize().block();

			assertThat(first.left()).isZero();
			assertThat(stores.store().isAvailable()).isTrue();
			assertThat(first.resetAfter()).isGreaterThan(Duration.ofSeconds(50));
		}
	}

	private TeamRequests share(RequestLimit limit, RedisServer redis) {
		Stores stores = Stores.connect(redis, prefix);
		connected.add(stores);
		return new TeamRequests(stores.store(), "research", limit, REPLICAS);
	}

}
