package io.htgateway.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the queries of the dashboard and the alerts to what a gateway exports.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.shared.enabled=true", "gateway.shared.prefix=queries",
		"gateway.history.enabled=true", "gateway.access.teams[0].name=lab",
		"gateway.access.teams[0].upstream-share=0.5",
		"gateway.access.teams[0].token-sha256=e98e88f1824ed5e30629d1f0a0dedc5c2d7d4ad926425dc58e2c0224032a69d4" })
class QueriesIntegrationTests {

	/**
	 * Labels that Prometheus gives to everything that it scrapes.
	 */
	private static final Set<String> TARGET = Set.of("namespace", "job", "instance");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

	private static final Pattern VARIABLE = Pattern.compile("label_values\\((\\w+).*, (\\w+)\\)$");

	@TempDir
	private static Path snapshots;

	@Autowired
	private Gateway gateway;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("spring.data.redis.url", () -> RedisServer.shared().url());
		registry.add("gateway.history.location", () -> snapshots.toString());
	}

	@BeforeEach
	void everyMeterHasSomethingToTell() {
		System.gc();
		gateway.get("/api/external/5/assets/liquidation-risk?limit=3", "Authorization", "Bearer lab-token");
		Awaitility.await()
			.until(() -> exported().keySet()
				.containsAll(Set.of("gateway_upstream_calls_total", "http_server_requests_seconds_count",
						"gateway_load_seconds_count", "jvm_gc_pause_seconds_sum")));
	}

	@Test
	void everyMetricAndLabelIsExported() {
		Map<String, Set<String>> exported = exported();

		assertThat(Queries.all()).hasSizeGreaterThan(40).allSatisfy((query) -> {
			Set<String> labels = new TreeSet<>(TARGET);
			for (PromQl.Series series : PromQl.of(query).series()) {
				assertThat(exported).containsKey(series.name());
				Set<String> own = new TreeSet<>(exported.getOrDefault(series.name(), Set.of()));
				own.addAll(TARGET);
				assertThat(own).as(series.name()).containsAll(series.labels().keySet());
				labels.addAll(own);
			}
			assertThat(labels).containsAll(PromQl.of(query).groups());
		});
	}

	@Test
	void variablesAreReadFromExportedMetrics() {
		assertThat(Rendering.list(Queries.dashboard(), "templating.list"))
			.extracting((variable) -> VARIABLE.matcher(String.valueOf(Rendering.fields(variable).get("definition"))))
			.filteredOn(Matcher::find)
			.hasSize(2)
			.allSatisfy((variable) -> {
				assertThat(exported()).containsKey(variable.group(1));
				assertThat(TARGET).contains(variable.group(2));
			});
	}

	// The gateway's labels are kept where the two have the same name.
	@Test
	void noLabelIsOneOfPrometheus() {
		assertThat(exported().values()).allSatisfy((labels) -> assertThat(labels).doesNotContainAnyElementsOf(TARGET));
	}

	@Test
	void valuesOfLabelsAreThoseOfTheDocument() throws IOException {
		String document = Files.readString(Path.of("docs/metrics.md"));

		assertThat(Queries.all()).allSatisfy((query) -> PromQl.of(query)
			.series()
			.stream()
			.filter((series) -> series.name().startsWith("gateway_"))
			.flatMap((series) -> series.labels().values().stream())
			.filter((values) -> values.matches("[a-z|-]+"))
			.flatMap((values) -> Arrays.stream(values.split("\\|", -1)))
			.forEach((value) -> assertThat(document).contains("`" + value + "`")));
	}

	private Map<String, Set<String>> exported() {
		Map<String, Set<String>> exported = new TreeMap<>();
		for (MatchResult sample : SAMPLE.matcher(gateway.actuator("/prometheus").text()).results().toList()) {
			Set<String> labels = exported.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>());
			LABEL.matcher((sample.group(2) != null) ? sample.group(2) : "")
				.results()
				.forEach((label) -> labels.add(label.group(1)));
		}
		return exported;
	}

}
