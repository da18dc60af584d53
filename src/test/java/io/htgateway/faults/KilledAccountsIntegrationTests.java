package io.htgateway.faults;

import java.nio.file.Files;
import java.nio.file.Path;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a gateway with a state file by SIGKILL, and reads the account of the month.
 */
@Tag("faults")
class KilledAccountsIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@TempDir
	private Path temporary;

	@Test
	void callsOfAKilledGatewayAreInTheAccountOrAssumed() {
		try (Replicas replicas = Replicas.alone()
			.with("gateway.budget.plan", "custom")
			.with("gateway.budget.per-month", 10_000_000)
			.with("gateway.budget.assume-even-spend", "false")
			.with("gateway.budget.state-file", temporary.resolve("spend.json"))) {
			for (int kill = 1; kill <= 3; kill++) {
				try (ReplicaProcess process = replicas.addProcess()) {
					assertThat(process.gateway().get(HEATMAP).everything()).startsWith("200 ");
					assertSumIsTheSpend(process.gateway());
					long calls = calls(process.gateway(), "heatmap");
					assertThat(calls).isEqualTo(kill);
					awaitSaved(kill);
					process.kill();
				}
			}
			assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(3);
		}
	}

	private void awaitSaved(int calls) {
		Awaitility.await()
			.until(() -> Files.readString(temporary.resolve("spend.json")).contains("\"heatmap\":[" + calls + ","));
	}

	private static void assertSumIsTheSpend(Gateway gateway) {
		JsonNode month = gateway.actuator("/gateway").json().path("budget").path("windows").path(1);
		assertThat(account(gateway).path("calls").asLong())
			.isEqualTo(month.path("used").asLong() + month.path("assumed").asLong());
	}

	private static long calls(Gateway gateway, String endpoint) {
		return account(gateway).path("lines")
			.valueStream()
			.filter((line) -> line.path("endpoint").asString().equals(endpoint))
			.mapToLong((line) -> line.path("calls").asLong())
			.sum();
	}

	private static JsonNode account(Gateway gateway) {
		return gateway.actuator("/gateway/accounts").json();
	}

}
