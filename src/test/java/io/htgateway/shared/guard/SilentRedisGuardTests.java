package io.htgateway.shared.guard;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.upstream.response.UpstreamException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a guard whose Redis does not reply and still counts as available.
 */
class SilentRedisGuardTests {

	/**
	 * Redis counts as available for three times this long.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofMillis(200);

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	@Test
	void permitThatIsNotConfirmedInTimeIsUsedWithoutRedis() throws IOException {
		try (RedisRoute route = RedisRoute.to(redis);
				ReplicaGuard replica = ReplicaGuard.start(Stores.connect(route.port(), prefix, TIMEOUT), "key")) {
			replica.end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
			Awaitility.await().until(() -> redis.number("EXISTS", prefix + ":1:{guard}:pause") == 1);
			replica.clock().advance(Duration.ofSeconds(30));
			route.killSilently();

			Mono<Boolean> call = replica.guard().protect("fills", PATIENCE, Mono.just(true));

			assertThat(call.block(TIMEOUT)).isTrue();
			assertThat(replica.stores().store().isAvailable()).isTrue();
		}
	}

	@Test
	void refusalDuringAnOutageOfRedisIsPublishedAfterIt() throws IOException {
		try (RedisRoute route = RedisRoute.to(redis);
				ReplicaGuard first = ReplicaGuard.start(Stores.connect(route.port(), prefix, Duration.ofMillis(200)),
						"key");
				ReplicaGuard second = ReplicaGuard.start(redis, prefix, "key")) {
			route.killSilently();
			Awaitility.await().until(() -> !first.stores().store().isAvailable());

			first.end(new UpstreamException.CredentialsRefused(401));

			Awaitility.await().until(second.guard()::isKeyRefused);
			assertThat(first.guard().isKeyRefused()).isTrue();
		}
	}

}
