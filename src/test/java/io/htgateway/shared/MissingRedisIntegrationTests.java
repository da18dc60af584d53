package io.htgateway.shared;

import io.htgateway.testing.LoopbackPorts;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class MissingRedisIntegrationTests {

	private static final String NOWHERE = "127.0.0.1:" + LoopbackPorts.freePair();

	@Test
	void startWhenClusterIsMissingLogsOneLine(CapturedOutput output) {
		assertOneLine(Replicas.on(RedisServer.shared()).with("spring.data.redis.cluster.nodes", NOWHERE), output);
	}

	@Test
	void startWhenSentinelIsMissingLogsOneLine(CapturedOutput output) {
		assertOneLine(Replicas.on(RedisServer.shared())
			.with("spring.data.redis.sentinel.nodes", NOWHERE)
			.with("spring.data.redis.sentinel.master", "main"), output);
	}

	@Test
	void startAndStopWhenServerIsMissingLogsOneLine(CapturedOutput output) {
		assertOneLine(Replicas.on(RedisServer.shared())
			.with("spring.data.redis.host", "no-such-redis.invalid")
			.with("spring.data.redis.port", 6379), output);
	}

	private static void assertOneLine(Replicas configured, CapturedOutput output) {
		try (Replicas replicas = configured.with("gateway.shared.timeout", "250ms")) {
			SharedStore store = replicas.add().bean(SharedStore.class);

			assertThat(store.isAvailable()).isFalse();
			assertThat(output.toString().lines())
				.filteredOn((line) -> line.contains(" WARN ") && line.matches(".*(Redis|lettuce).*"))
				.singleElement()
				.asString()
				.contains("Redis unavailable; continuing with the local cache");
		}
		assertThat(output.toString().lines()).noneMatch((line) -> line.startsWith("\tat "));
	}

}
