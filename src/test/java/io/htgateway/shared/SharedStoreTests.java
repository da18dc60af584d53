package io.htgateway.shared;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

class SharedStoreTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final String prefix = "store-" + UUID.randomUUID();

	@Tag("replicas")
	@Test
	void storeWhenConnectionsAreDeadButOpenReconnectsAndReceivesMessages() throws IOException {
		RedisServer redis = RedisServer.shared();
		List<String> received = new CopyOnWriteArrayList<>();
		try (RedisRoute route = RedisRoute.to(redis); Stores stores = Stores.connect(route.port(), prefix)) {
			Disposable listening = stores.store().messages(prefix).subscribe(received::add);
			awaitListener(redis);

			route.killSilently();

			Awaitility.await().atMost(PATIENCE).until(() -> !stores.store().isAvailable());
			Awaitility.await().atMost(PATIENCE).until(stores.store()::isAvailable);
			Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
				redis.command("PUBLISH", prefix, "hello");
				assertThat(received).contains("hello");
			});
			listening.dispose();
		}
	}

	@Test
	void messagesWhenRedisWasDownAtTheStartArriveOnceItIsAvailable() {
		List<String> received = new CopyOnWriteArrayList<>();
		try (RedisServer redis = RedisServer.start()) {
			redis.kill();
			try (Stores stores = Stores.connect(redis, prefix)) {
				Disposable listening = stores.store().messages(prefix).subscribe(received::add);
				assertThat(stores.store().isAvailable()).isFalse();

				redis.restartEmpty();
				awaitListener(redis);
				redis.command("PUBLISH", prefix, "hello");

				Awaitility.await().untilAsserted(() -> assertThat(received).containsExactly("hello"));
				listening.dispose();
			}
		}
	}

	private void awaitListener(RedisServer redis) {
		Awaitility.await().atMost(PATIENCE).until(() -> redis.texts("PUBSUB", "NUMSUB", prefix).contains("1"));
	}

}
