package io.htgateway.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.TeamsYaml;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Raises what a team may use in the teams file, while replicas run.
 */
class RaisedBudgetIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=3";

	private static final Duration SOON = Duration.ofSeconds(10);

	@TempDir
	private Path directory;

	@Test
	void raiseTakesEffectWithinTenSeconds() throws IOException {
		try (Replicas replicas = replicas(Replicas.alone()).start(1)) {
			assertRaised(replicas.gateways());
		}
	}

	@Test
	void raiseTakesEffectWithinTenSecondsAtAllReplicasThatShareARedis() throws IOException {
		try (Replicas replicas = replicas(Replicas.on(RedisServer.shared())).start(2)) {
			assertRaised(replicas.gateways());
		}
	}

	private Replicas replicas(Replicas replicas) throws IOException {
		write(0.1, 2);
		return replicas.with("gateway.access.teams-file", directory.resolve("teams.yaml"))
			.with("gateway.budget.plan", "custom")
			.with("gateway.budget.per-month", 1_000_000)
			.with("gateway.budget.assume-even-spend", "false");
	}

	private void write(double share, int requests) throws IOException {
		Path next = directory.resolve("next.yaml");
		Files.writeString(next,
				new TeamsYaml()
					.with("research", "research", "upstream-share: " + share, "requests-per-minute: " + requests)
					.toString());
		Files.move(next, directory.resolve("teams.yaml"), StandardCopyOption.REPLACE_EXISTING,
				StandardCopyOption.ATOMIC_MOVE);
	}

	private void assertRaised(List<Gateway> gateways) throws IOException {
		Awaitility.await().atMost(SOON).until(() -> gateways.stream().allMatch((gateway) -> status(gateway) == 429));
		List<Long> before = gateways.stream().map(RaisedBudgetIntegrationTests::remaining).toList();
		assertThat(before).allMatch((calls) -> calls > 0 && calls <= 100_000);

		write(0.5, 10_000);

		Awaitility.await()
			.atMost(SOON)
			.until(() -> gateways.stream()
				.allMatch((gateway) -> status(gateway) == 200 && remaining(gateway) >= 4 * before.getFirst()));
	}

	private static int status(Gateway gateway) {
		return gateway.get(RISK, "Authorization", "Bearer research").status();
	}

	private static long remaining(Gateway gateway) {
		return gateway.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line.startsWith("gateway_share_remaining{")
					&& line.contains("team=\"research\",window=\"month\""))
			.mapToLong((line) -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
