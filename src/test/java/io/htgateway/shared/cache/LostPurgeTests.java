package io.htgateway.shared.cache;

import java.time.InstantSource;
import java.util.Map;

import io.htgateway.cache.store.Subjects;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LostPurgeTests {

	@Test
	void publishWhenRedisIsUnavailableIsLogged(CapturedOutput output) {
		try (RedisServer redis = RedisServer.start()) {
			redis.kill();
			try (Stores stores = Stores.connect(redis, "lost-purge");
					Purges purges = new Purges(stores.store(), InstantSource.system())) {
				purges.publish(new Subjects("risk", Map.of()));

				assertThat(output).containsOnlyOnce(
						"Purge not published: Redis is unavailable; other replicas may still serve the purged responses");
			}
		}
	}

}
