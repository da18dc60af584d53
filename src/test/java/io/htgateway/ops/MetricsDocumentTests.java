package io.htgateway.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the page on metrics with the exported metrics.
 */
@GatewayTest
class MetricsDocumentTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(gateway_\\w+)` \\| (.*?) \\|");

	private static final Pattern SAMPLE = Pattern
		.compile("(?m)^(gateway_\\w+?)(?:_count|_sum|_bucket)?(?:\\{(.*)})? \\S+$");

	private static final Pattern NAME = Pattern.compile("`(\\w+)`|(\\w+)=\"");

	@TempDir
	private Path directory;

	@Autowired
	private Gateway gateway;

	@DynamicPropertySource
	static void sharesInRedis(DynamicPropertyRegistry properties) {
		properties.add("gateway.shared.enabled", () -> true);
		properties.add("gateway.shared.prefix", () -> "metrics-" + UUID.randomUUID());
		properties.add("spring.data.redis.host", () -> "127.0.0.1");
		properties.add("spring.data.redis.port", () -> RedisServer.shared().port());
	}

	@Test
	void documentedMetricsAndLabelsAreThoseThatAreExported() throws IOException {
		gateway.get("/api/external/5/assets/liquidation-risk?limit=3");
		Awaitility.await()
			.until(() -> exported().keySet()
				.containsAll(Set.of("gateway_upstream_calls_total", "gateway_load_seconds")));

		Map<String, Set<String>> all = exported();
		all.putAll(exportedWithDirectories());
		assertThat(all).isEqualTo(documented());
	}

	@Test
	void valuesOfLabelsAreFew() {
		gateway.get("/api/external/exports/coins/AVAX/liquidation-heatmap");
		gateway.get("/api/external/fills/liquidation?coin=AVAX&limit=7");

		assertThat(gateway.actuator("/prometheus").text().lines().filter((line) -> line.startsWith("gateway_")))
			.filteredOn((line) -> !line.contains("_bucket{"))
			.hasSizeLessThan(120)
			.noneMatch((line) -> line.contains("AVAX") || line.contains("127.0.0.1"));
	}

	private static Map<String, Set<String>> documented() throws IOException {
		return ROW.matcher(Files.readString(Path.of("docs/metrics.md")))
			.results()
			.collect(Collectors.toMap((row) -> row.group(1), (row) -> names(row.group(2)), MetricsDocumentTests::both,
					TreeMap::new));
	}

	// Metrics that exist only without Redis, with the history, with streams, or with
	// teams
	// that have shares.
	private Map<String, Set<String>> exportedWithDirectories() {
		try (Replicas replicas = Replicas.alone()
			.with("gateway.cache.directory", directory.resolve("cache"))
			.with("gateway.history.enabled", true)
			.with("gateway.history.location", directory.resolve("history"))
			.with("gateway.stream.enabled", true)
			.with("gateway.access.teams[0].name", "lab")
			.with("gateway.access.teams[0].token-sha256",
					"e98e88f1824ed5e30629d1f0a0dedc5c2d7d4ad926425dc58e2c0224032a69d4")
			.with("gateway.access.teams[0].upstream-share", 0.5)) {
			Map<String, Set<String>> metrics = exported(replicas.add().gateway());
			metrics.keySet()
				.removeIf((name) -> !name.startsWith("gateway_cache_directory_") && !name.startsWith("gateway_history_")
						&& !name.startsWith("gateway_share_") && !name.startsWith("gateway_stream_"));
			return metrics;
		}
	}

	private Map<String, Set<String>> exported() {
		return exported(gateway);
	}

	private static Map<String, Set<String>> exported(Gateway gateway) {
		return SAMPLE.matcher(gateway.actuator("/prometheus").text())
			.results()
			.collect(Collectors.toMap((sample) -> sample.group(1),
					(sample) -> names((sample.group(2) != null) ? sample.group(2) : ""), MetricsDocumentTests::both,
					TreeMap::new));
	}

	private static Set<String> names(String text) {
		return NAME.matcher(text)
			.results()
			.map(MetricsDocumentTests::name)
			.filter((name) -> !"le".equals(name))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String name(MatchResult match) {
		return (match.group(1) != null) ? match.group(1) : match.group(2);
	}

	private static Set<String> both(Set<String> one, Set<String> other) {
		Set<String> both = new TreeSet<>(one);
		both.addAll(other);
		return both;
	}

}
