package io.htgateway.testing.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Proves that what tests do to Redis happens to it.
 */
class RedisServerTests {

	private static final byte[] BINARY = { 13, 10, -1 };

	@Test
	void sharedServerAnswersAndIsOne() {
		assertThat(RedisServer.shared().text("PING")).isEqualTo("PONG");
		assertThat(RedisServer.shared()).isSameAs(RedisServer.shared());
	}

	@Test
	void repliesOfEveryKindAreRead() {
		try (RedisServer redis = RedisServer.start()) {
			assertThat(redis.text("SET", "key", "värde")).isEqualTo("OK");
			assertThat(redis.text("GET", "key")).isEqualTo("värde");
			assertThat(redis.number("DEL", "key")).isEqualTo(1);
			assertThat(redis.command("GET", "key")).isNull();
			redis.command(Stream.concat(Admin.bytes("SET", "key").stream(), Stream.of(BINARY)).toList());
			assertThat(redis.command("GET", "key")).isEqualTo(BINARY);
			assertThat(redis.texts("KEYS", "*")).containsExactly("key");
			assertThatExceptionOfType(RedisErrorException.class).isThrownBy(() -> redis.command("NONSENSE"));
		}
	}

	@Test
	void pausedServerIsSilentUntilItResumes() {
		try (RedisServer redis = RedisServer.start()) {
			redis.command("SET", "key", "value");

			redis.pause();

			assertThat(redis.answers()).isFalse();
			redis.resume();
			assertThat(redis.text("GET", "key")).isEqualTo("value");
		}
	}

	@Test
	void killedServerIsGoneUntilItIsBackEmpty() {
		try (RedisServer redis = RedisServer.start()) {
			redis.requirePassword("secret");
			redis.command("SET", "key", "value");

			redis.kill();

			assertThat(redis.answers()).isFalse();
			redis.restartEmpty();
			assertThat(redis.number("DBSIZE")).isZero();
			redis.stop();
			assertThat(redis.answers()).isFalse();
		}
	}

	@Test
	void readOnlyServerReadsAndDoesNotWrite() {
		try (RedisServer redis = RedisServer.start()) {
			redis.command("SET", "key", "value");

			redis.makeReadOnly();

			assertThat(redis.text("GET", "key")).isEqualTo("value");
			assertThatExceptionOfType(RedisErrorException.class).isThrownBy(() -> redis.command("SET", "key", "other"))
				.withMessageStartingWith("READONLY");
			redis.makeWritable();
			assertThat(redis.text("SET", "key", "other")).isEqualTo("OK");
		}
	}

	@Test
	void fullServerRefusesWrites() {
		try (RedisServer redis = RedisServer.start("--maxmemory-policy", "noeviction")) {
			redis.command("CONFIG", "SET", "maxmemory", "1");

			assertThatExceptionOfType(RedisErrorException.class).isThrownBy(() -> redis.command("SET", "key", "value"))
				.withMessageStartingWith("OOM");
		}
	}

	@Test
	void clusterOfOneNodeHoldsEveryKey() {
		try (RedisServer redis = RedisServer.startCluster()) {
			assertThat(redis.text("SET", "{one}", "1")).isEqualTo("OK");
			assertThat(redis.text("SET", "{two}", "2")).isEqualTo("OK");
			assertThat(redis.text("CLUSTER", "NODES")).contains("127.0.0.1:" + redis.port());
		}
	}

	@Test
	void sentinelKnowsItsServer() throws IOException {
		try (RedisServer redis = RedisServer.startWithSentinel("main");
				RespConnection sentinel = RespConnection.open(redis.secondPort(), Duration.ofSeconds(2))) {
			assertThat(sentinel.ask(Admin.bytes("SENTINEL", "get-master-addr-by-name", "main")))
				.asInstanceOf(InstanceOfAssertFactories.list(byte[].class))
				.containsExactlyElementsOf(Admin.bytes("127.0.0.1", String.valueOf(redis.port())));
		}
	}

}
