package io.htgateway.chart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the chart and the gateway mean the same by their settings.
 */
class ChartConfigurationTests {

	/**
	 * What the chart decides itself.
	 */
	private static final String[] OWN = { "gateway.upstream.api-key", "gateway.upstream.api-key-file",
			"gateway.access.teams", "gateway.access.teams-file", "gateway.access.jwt.ca-file",
			"gateway.access.jwt.token-file", "gateway.budget.replicas", "gateway.budget.state-file",
			"gateway.cache.directory", "gateway.shared.enabled", "gateway.shared.prefix", "gateway.drain.delay",
			"gateway.state.webhook.secret", "gateway.state.webhook.secret-file", "gateway.history.enabled",
			"gateway.history.location", "gateway.history.spool" };

	@ParameterizedTest
	@MethodSource("scenarios")
	void everyPropertyExists(Scenario scenario) {
		Object gateway = Objects.requireNonNull(Chart.render(scenario).configuration().get("gateway"));

		assertThat(ApplicationProperties.names()).containsAll(ApplicationProperties.names("gateway", gateway));
	}

	@Test
	void schemaTakesAllPropertiesButThoseOfTheChart() {
		Map<String, Object> schema = Chart.yaml(Chart.file("values.schema.json"));

		assertThat(ApplicationProperties.schemaNames("gateway",
				Rendering.fields(Rendering.at(schema, "properties.gateway"))))
			.as("properties in values.schema.json")
			.isEqualTo(ApplicationProperties.without(ApplicationProperties.names(), OWN));
	}

	@Test
	void portsAndProbesAreTheApplications() {
		Map<String, Object> own = ApplicationProperties.own();
		Map<String, Object> pod = Chart.render("").pod();

		assertThat(Rendering.at(pod, "containers.0.ports"))
			.isEqualTo(List.of(Map.of("name", "http", "containerPort", Rendering.at(own, "server.port")),
					Map.of("name", "management", "containerPort", Rendering.at(own, "management.server.port"))));
		assertThat(Rendering.at(own, "management.endpoint.health.probes.enabled")).isEqualTo(true);
		assertThat(Rendering.text(pod, "containers.0.livenessProbe.httpGet.path"))
			.isEqualTo("/actuator/health/liveness");
		assertThat(Rendering.text(pod, "containers.0.readinessProbe.httpGet.path"))
			.isEqualTo("/actuator/health/readiness")
			.isEqualTo(Rendering.text(pod, "containers.0.startupProbe.httpGet.path"));
		assertThat(Rendering.text(own, "management.endpoints.web.exposure.include").split(",", -1)).contains("health",
				"prometheus");
		assertThat(Rendering.text(own, "server.shutdown")).isEqualTo("graceful");
	}

	@Test
	void filesAreWhereTheyAreMounted() {
		Rendering rendering = Chart.render("");
		Map<String, String> mounts = Rendering.list(rendering.pod(), "containers.0.volumeMounts")
			.stream()
			.collect(Collectors.toMap((mount) -> Rendering.text(mount, "name"),
					(mount) -> Rendering.text(mount, "mountPath")));

		assertThat(rendering.pod().toString()).contains(
				"name=SPRING_CONFIG_ADDITIONAL_LOCATION, value=file:" + mounts.get("config") + "/}",
				"configMap={name=" + Rendering.text(rendering.only("ConfigMap"), "metadata.name") + "}");
		assertThat(Rendering.text(rendering.configuration(), "gateway.budget.state-file"))
			.startsWith(mounts.get("state") + "/");
		assertThat(Rendering.text(rendering.configuration(), "gateway.cache.directory")).isEqualTo(mounts.get("cache"));
		assertThat(Rendering.text(rendering.configuration(), "gateway.upstream.api-key-file"))
			.startsWith(mounts.get("secrets") + "/");
		assertThat(mounts).containsEntry("tmp", "/tmp");
	}

	@Test
	void stopWaitsForBalancingThenForConnectionsAndThenForRequests() {
		Rendering rendering = Chart.render("shutdown: {delaySeconds: 7, closeSeconds: 4, drainSeconds: 33}");

		assertThat(rendering.pod()).containsEntry("terminationGracePeriodSeconds", 59);
		assertThat(Rendering.at(rendering.pod(), "containers.0.lifecycle.preStop.sleep.seconds")).isEqualTo(7);
		assertThat(Rendering.text(rendering.configuration(), "gateway.drain.delay")).isEqualTo("4s");
		assertThat(Rendering.text(rendering.configuration(), "spring.lifecycle.timeout-per-shutdown-phase"))
			.isEqualTo("33s");
	}

	@Test
	void spansAreSentWhereCollectorIsNamed() {
		Map<String, Object> named = Chart
			.render("tracing: {endpoint: 'http://collector:4318/v1/traces', probability: 0.25}\n"
					+ "config: {management: {server: {ssl: {enabled: false}}}}")
			.configuration();

		assertThat(Rendering.text(named, "management.opentelemetry.tracing.export.otlp.endpoint"))
			.isEqualTo("http://collector:4318/v1/traces");
		assertThat(Rendering.at(named, "management.tracing.sampling.probability")).isEqualTo(0.25);
		assertThat(Rendering.at(named, "management.server.ssl.enabled")).isEqualTo(false);
		assertThat(Chart.render("tracing: {probability: 0.25}").configuration()).doesNotContainKey("management");
	}

	@Test
	void podsAreReplacedWhenTheConfigurationChanges() {
		String before = checksum("");

		assertThat(checksum("gateway: {risk: {ttl: 6m}}")).isNotEqualTo(before);
		assertThat(checksum("replicaCount: 2")).isNotEqualTo(before);
		assertThat(checksum("service: {port: 8080}")).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			"" | 1
			strategy: {maxSurge: 3} | 1
			replicaCount: 3 | 6
			replicaCount: 3; strategy: {maxSurge: 0, maxUnavailable: 1} | 6
			replicaCount: 3; strategy: {maxSurge: 5} | 8
			autoscaling: {enabled: true, maxReplicas: 8} | 16
			autoscaling: {enabled: true, minReplicas: 1, maxReplicas: 1} | 2
			redis: {enabled: true, host: redis.example} | 2
			redis: {enabled: true, host: redis.example}; replicaCount: 2 | 3
			redis: {enabled: true, host: redis.example}; budget: {existingClaim: spend} | 1
			cache: {existingClaim: responses} | 1
			gateway: {budget: {plan: flow}}; replicaCount: 2 | 4
			""")
	void budgetIsDividedByAllThatThereCanBe(String values, int sharers) {
		Rendering rendering = Chart.render(values.replace("; ", "\n"));

		assertThat(Rendering.at(rendering.configuration(), "gateway.budget.replicas")).isEqualTo(sharers);
	}

	@Test
	void otherPropertiesAndImportsAreKept() {
		Map<String, Object> configuration = Chart.render("""
				config: {spring: {config: {import: 'file:/more/'}, application: {name: other}}}
				redis: {enabled: true, host: redis.example, existingSecret: redis, properties: {timeout: 1s}}
				""").configuration();

		assertThat(Rendering.at(configuration, "spring.config.import"))
			.isEqualTo(List.of("file:/more/", "configtree:/run/secrets/hypertracker-gateway/redis/"));
		assertThat(Rendering.text(configuration, "spring.application.name")).isEqualTo("other");
		assertThat(Rendering.at(configuration, "spring.data.redis"))
			.isEqualTo(Map.of("host", "redis.example", "port", 6379, "timeout", "1s"));
	}

	@Test
	void versionOfTheChartsImageIsTheProjects() throws Exception {
		Object version = Chart.yaml(Chart.file("Chart.yaml")).get("appVersion");

		assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + version + "</version>");
		assertThat(List.of("README.md", "examples/production.yaml")).allSatisfy((file) -> assertThat(Chart.file(file))
			.contains("docker build -t registry.example.com/hypertracker-gateway:" + version + " .\n",
					"docker push registry.example.com/hypertracker-gateway:" + version + "\n"));
	}

	static Stream<Scenario> scenarios() {
		return Scenario.all();
	}

	private static String checksum(String values) {
		return Rendering.text(
				Rendering.fields(Rendering.at(Chart.render(values).only("Deployment"), "spec.template.metadata")),
				"annotations.checksum/config");
	}

}
