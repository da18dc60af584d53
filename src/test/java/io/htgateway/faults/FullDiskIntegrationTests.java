package io.htgateway.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cache directory in which files cannot be written to their end: the operating system
 * stops each write in its middle.
 */
@Tag("faults")
class FullDiskIntegrationTests {

	/**
	 * More than the gateway logs, and less than a heatmap.
	 */
	private static final String LIMIT = "30000";

	@TempDir
	private Path directory;

	@Test
	void fullDiskIsLoggedOnceAndEveryRequestIsAnswered() throws IOException {
		try (Replicas replicas = Replicas.alone()
			.with("gateway.cache.directory", directory)
			.with("gateway.access-log.enabled", false)) {
			replicas.upstream().answer(Endpoint.DOWNLOAD, WireMock.okJson(heatmap()));
			ReplicaProcess process = replicas.addProcess();
			process.limitFiles(LIMIT);

			for (String coin : List.of("BTC", "ETH", "SOL")) {
				assertThat(get(process, coin)).isEqualTo(heatmap());
				assertThat(get(process, coin)).isEqualTo(heatmap());
			}
			Awaitility.await().until(() -> metric(process, "puts_total{outcome=\"failed\"}") == 3);
			assertThat(metric(process, "available")).isZero();
			assertThat(responses()).isEmpty();
			assertThat(count(process, "WARN", "Cache directory cannot be written;")).isOne();

			process.limitFiles("unlimited");
			assertThat(get(process, "XRP")).isEqualTo(heatmap());
			Awaitility.await().until(() -> metric(process, "available") == 1);
			assertThat(responses()).hasSize(1);
			assertThat(count(process, "INFO", "Cache directory can be written again:")).isOne();
			assertThat(count(process, "", "Cache directory")).isEqualTo(2);
		}
	}

	private static String heatmap() {
		byte[] random = new byte[60_000];
		new Random(1).nextBytes(random);
		return "{\"coin\":\"BTC\",\"heatmap\":[{\"note\":\""
				+ new String(Base64.getEncoder().encode(random), StandardCharsets.US_ASCII) + "\"}]}";
	}

	private static String get(ReplicaProcess process, String coin) {
		Gateway.Response response = process.gateway()
			.get("/api/external/exports/coins/" + coin + "/liquidation-heatmap");
		assertThat(response.status()).isEqualTo(200);
		return response.text();
	}

	private List<String> responses() throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.contains(".response"))
				.toList();
		}
	}

	private static double metric(ReplicaProcess process, String name) {
		return process.gateway()
			.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line.startsWith("gateway_cache_directory_" + name))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

	private static long count(ReplicaProcess process, String level, String text) {
		return process.output().lines().filter((line) -> line.contains(level) && line.contains(text)).count();
	}

}
