package io.htgateway.shared;

import java.util.List;
import java.util.UUID;

import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTests {

	private static final Script TIME = Script.named("time");

	private final String prefix = "commands-" + UUID.randomUUID();

	@Test
	void manyEventLoopsThatSendAtOnceDoNotWaitForEachOther() {
		assertEventLoopsDoNotWait(5_000);
	}

	@Test
	@Tag("replicas")
	void manyEventLoopsThatSendForLongDoNotWaitForEachOther() {
		assertEventLoopsDoNotWait(50_000);
	}

	private void assertEventLoopsDoNotWait(int commands) {
		try (Stores stores = Stores.connect(RedisServer.shared(), prefix)) {
			Mono<byte[]> time = stores.store().run(TIME, List.of(prefix)).subscribeOn(Schedulers.parallel());

			Long answers = Flux.range(0, commands).flatMap((number) -> time).count().block();

			assertThat(answers).isEqualTo(commands);
		}
	}

	@Test
	void runWhenRedisHasForgottenItsScriptsSendsThemAgain() {
		RedisServer redis = RedisServer.shared();
		try (Stores stores = Stores.connect(redis, prefix)) {
			assertThat(stores.store().run(TIME, List.of(prefix)).block()).isNotEmpty();

			redis.command("SCRIPT", "FLUSH");

			assertThat(stores.store().run(TIME, List.of(prefix)).block()).isNotEmpty();
		}
	}

}
