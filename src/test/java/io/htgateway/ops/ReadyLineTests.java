package io.htgateway.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.htgateway.GatewayApplication;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The line that logs the configuration of a ready gateway, without a secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReadyLineTests {

	private static final String KEY = "canary-key-5d1f";

	private static final String HASH = "4fa20cf616c79123729085a5f4c5a902e37c2b29968cf096e5b6d3e52229e31b";

	@Test
	void lineHasTheDefaults(CapturedOutput output) {
		start("--gateway.upstream.api-key=" + KEY);

		assertThat(line(output)).matches(".* INFO .*: Gateway is ready: version=\\S+"
				+ " upstream=ht-api\\.coinmarketman\\.com:443 plan=pulse perMinute=60 perMonth=50000 replicas=1"
				+ " fills\\.ttl=1s risk\\.ttl=5m risk\\.staleWhileRevalidate=10m risk\\.staleIfError=24h"
				+ " heatmap\\.ttl=5m heatmap\\.staleWhileRevalidate=10m heatmap\\.staleIfError=24h"
				+ " teams=open jwt=false secondLevel=none key=property");
		assertThat(output).doesNotContain(KEY);
	}

	@Test
	void lineHasWhatIsSetAndNoSecret(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path file = Files.writeString(directory.resolve("canary-path"), KEY);

		start("--gateway.upstream.api-key-file=" + file, "--gateway.upstream.base-url=http://127.0.0.1:1/canary",
				"--gateway.budget.plan=free", "--gateway.budget.per-minute=7", "--gateway.budget.replicas=2",
				"--gateway.fills.ttl=0s", "--gateway.risk.ttl=90s", "--gateway.risk.stale-while-revalidate=0s",
				"--gateway.heatmap.stale-if-error=7d", "--gateway.heatmap.ttl=1500ms",
				"--gateway.access.teams[0].name=research", "--gateway.access.teams[0].token-sha256=" + HASH,
				"--gateway.access.jwt.jwk-set-uri=http://127.0.0.1:1/canary",
				"--gateway.access.jwt.audience=canary-audience", "--gateway.shared.enabled=true",
				"--gateway.shared.prefix=canary-prefix-" + UUID.randomUUID(),
				"--spring.data.redis.port=" + RedisServer.shared().port());

		assertThat(line(output)).contains(" upstream=127.0.0.1:1 plan=free perMinute=7 perDay=100 replicas=2 ",
				" fills.ttl=0s ", " risk.ttl=90s risk.staleWhileRevalidate=0s ", " heatmap.ttl=1500ms ",
				" heatmap.staleIfError=168h teams=1 jwt=true secondLevel=redis key=file");
		assertThat(output).doesNotContain(KEY, HASH, "canary-path", "canary-audience", "canary-prefix");
	}

	private static void start(String... arguments) {
		Stream<String> all = Stream.concat(Stream.of("--server.port=0", "--management.server.port=0"),
				Stream.of(arguments));
		try (ConfigurableApplicationContext context = new SpringApplication(GatewayApplication.class)
			.run(all.toArray(String[]::new))) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	private static String line(CapturedOutput output) {
		List<String> lines = output.getOut().lines().filter((line) -> line.contains("Gateway is ready")).toList();
		assertThat(lines).hasSize(1);
		return lines.getFirst();
	}

}
