package io.htgateway.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.htgateway.GatewayApplication;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the gateway starts with what the chart mounts.
 */
class ChartStartTests {

	@TempDir
	private Path mounts;

	@Test
	void gatewayStartsWithTheConfigurationOfProduction() throws IOException {
		Path secrets = Files.createDirectories(mounts.resolve("run/secrets/hypertracker-gateway"));
		Files.createDirectories(mounts.resolve("var/lib/hypertracker-gateway"));
		write(mounts.resolve("etc/hypertracker-gateway/application.yaml"),
				Chart.render(Scenario.example("production", ""))
					.configurationText()
					.replace("/run/secrets/", mounts + "/run/secrets/")
					.replace("/var/lib/", mounts + "/var/lib/"));
		write(secrets.resolve("key/api-key"), "canary-key\n");
		write(secrets.resolve("redis/spring.data.redis.password"), "canary-password");
		write(secrets.resolve("teams/teams.yaml"), "gateway: {access: {teams: [{name: research, token-sha256: "
				+ "0a".repeat(32) + ", requests-per-minute: 600}]}}");

		try (ConfigurableApplicationContext gateway = start()) {
			ConfigurableEnvironment environment = gateway.getEnvironment();
			assertThat(environment.getProperty("gateway.budget.replicas")).isEqualTo("7");
			assertThat(environment.getProperty("spring.data.redis.password")).isEqualTo("canary-password");
			assertThat(environment.getProperty("gateway.access.rate-limit-headers")).isEqualTo("true");
		}
		assertThat(mounts.resolve("var/lib/hypertracker-gateway/spend")).isNotEmptyFile();
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplication(GatewayApplication.class).run(
				"--spring.config.additional-location=file:" + mounts + "/etc/hypertracker-gateway/", "--server.port=0",
				"--management.server.port=0", "--server.address=127.0.0.1", "--management.server.address=127.0.0.1",
				"--logging.structured.format.console=", "--spring.data.redis.host=127.0.0.1",
				"--spring.data.redis.ssl.enabled=false", "--gateway.shared.prefix=chart", "--gateway.drain.delay=0s",
				"--spring.data.redis.port=" + RedisServer.shared().port());
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
