package io.htgateway.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo of docker-compose.yaml, as far as it can be told without containers. What
 * Prometheus makes of its file is tested by <code>.ci/demo</code>.
 */
class DemoTests {

	private static final Pattern ENTRY = Pattern.compile("(\\./[^:]+):(/[^:]+):ro,z");

	@Test
	void portsAreOpenOnThisMachineOnly() {
		assertThat(services().values().stream().flatMap((service) -> entries(service, "ports"))).hasSize(4)
			.allSatisfy((port) -> assertThat(port).matches("127\\.0\\.0\\.1:(\\d+):\\1"));
	}

	@Test
	void imagesHaveVersions() {
		assertThat(services().values()).filteredOn((service) -> service.containsKey("image"))
			.hasSize(3)
			.allSatisfy(
					(service) -> assertThat(Rendering.text(service, "image")).matches("[a-z/]+:v?\\d+\\.\\d+\\.\\d+"));
	}

	@Test
	void nothingMayDoMoreThanItNeeds() {
		assertThat(services().values()).allSatisfy((service) -> {
			assertThat(entries(service, "cap_drop")).containsExactly("ALL");
			assertThat(entries(service, "security_opt")).containsExactly("no-new-privileges:true");
		});
	}

	@Test
	void mountedFilesExistAndAreReadOnly() {
		assertThat(mounts()).hasSize(7);
		assertThat(services().values().stream().flatMap((service) -> entries(service, "volumes")))
			.allSatisfy((volume) -> {
				assertThat(volume).matches(ENTRY);
				assertThat(Path.of(volume.substring(0, volume.indexOf(':')))).exists();
			});
	}

	@Test
	void gatewayIsTheStageOfTheDockerfileAndItsSourcesAreSentToTheBuild() throws IOException {
		String stage = Rendering.text(services(), "gateway.build.target");
		List<String> sent = Files.readAllLines(Path.of(".dockerignore"));

		assertThat(Files.readString(Path.of("Dockerfile"))).contains("AS " + stage + "\n");
		assertThat(Files.readAllLines(Path.of("Dockerfile"))).filteredOn((line) -> line.startsWith("COPY src/"))
			.hasSizeGreaterThan(3)
			.allSatisfy((line) -> assertThat(sent).contains("!" + line.split(" ", -1)[1]));
	}

	@Test
	void grafanaFindsPrometheusAndTheDashboard() throws IOException {
		Map<String, Object> source = yaml("/etc/grafana/provisioning/datasources/prometheus.yaml");
		Map<String, Object> provider = yaml("/etc/grafana/provisioning/dashboards/gateway.yaml");
		String home = Rendering.text(services(), "grafana.environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH");

		assertThat(Rendering.at(source, "datasources.0.url")).isEqualTo("http://prometheus:9090");
		assertThat(Rendering.at(source, "datasources.0.isDefault")).isEqualTo(true);
		assertThat(home).startsWith(Rendering.text(provider, "providers.0.options.path") + "/");
		assertThat(mounts()).containsEntry(home, Chart.DIRECTORY.resolve("files/dashboard.json"));
	}

	@Test
	void grafanaServesTheDocsToWhichTheDashboardLinks() {
		Map<String, Object> docs = Rendering.list(Queries.dashboard(), "templating.list")
			.stream()
			.map(Rendering::fields)
			.filter((variable) -> "docs".equals(variable.get("name")))
			.findFirst()
			.orElseThrow();

		assertThat(Rendering.text(docs, "query")).startsWith("/public/")
			.isEqualTo(Rendering.text(docs, "current.value"));
		assertThat(mounts()).containsEntry("/usr/share/grafana" + Rendering.text(docs, "query"), Path.of("docs"));
	}

	@Test
	void prometheusScrapesTheGatewayAndReadsTheAlertsOfTheChart() throws IOException {
		Map<String, Object> configuration = yaml("/etc/prometheus/prometheus.yml");

		assertThat(Rendering.at(configuration, "scrape_configs.0.static_configs.0.targets"))
			.isEqualTo(List.of("gateway:8081"));
		assertThat(mounts()).containsEntry("/etc/prometheus/" + Rendering.text(configuration, "rule_files.0"),
				Chart.DIRECTORY.resolve("files/alerts.yaml"));
	}

	private static Map<String, Object> yaml(String mounted) throws IOException {
		return Chart.yaml(Files.readString(mounts().getOrDefault(mounted, Path.of(mounted))));
	}

	private static Map<String, Path> mounts() {
		return services().values()
			.stream()
			.flatMap((service) -> entries(service, "volumes"))
			.map(ENTRY::matcher)
			.filter(Matcher::matches)
			.collect(Collectors.toMap((entry) -> entry.group(2), (entry) -> Path.of(entry.group(1)).normalize()));
	}

	private static Stream<String> entries(Map<String, Object> service, String name) {
		return service.containsKey(name) ? Rendering.list(service, name).stream().map(String::valueOf) : Stream.of();
	}

	private static Map<String, Map<String, Object>> services() {
		try {
			Map<String, Map<String, Object>> services = new TreeMap<>();
			Rendering.fields(Rendering.at(Chart.yaml(Files.readString(Path.of("docker-compose.yaml"))), "services"))
				.forEach((name, service) -> services.put(name, Rendering.fields(service)));
			return services;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
