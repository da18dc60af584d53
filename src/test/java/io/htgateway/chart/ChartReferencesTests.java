package io.htgateway.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether what objects say of each other is so.
 */
class ChartReferencesTests {

	@ParameterizedTest
	@MethodSource("scenarios")
	void selectorsSelectGatewaysAndNothingElse(Rendering rendering) {
		Map<String, Object> gateway = Rendering
			.fields(Rendering.at(rendering.only("Deployment"), "spec.template.metadata.labels"));
		Map<String, Object> test = Rendering.fields(Rendering.at(rendering.only("Pod"), "metadata.labels"));

		assertThat(selectors(rendering)).hasSizeGreaterThan(1).allSatisfy((selector) -> {
			assertThat(gateway).containsAllEntriesOf(selector);
			assertThat(test.entrySet().containsAll(selector.entrySet())).isFalse();
		});
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void portsOfServicesAreThoseOfTheContainer(Rendering rendering) {
		Map<String, Object> container = Rendering.fields(Rendering.at(rendering.pod(), "containers.0"));

		assertThat(rendering.all("Service")).isNotEmpty()
			.allSatisfy((service) -> assertThat(names(container, "ports", "name"))
				.contains(Rendering.text(service, "spec.ports.0.targetPort")));
		assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe")).allSatisfy(
				(probe) -> assertThat(Rendering.text(container, probe + ".httpGet.port")).isEqualTo("management"));
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void mountsAreThoseOfVolumesAndTheRest(Rendering rendering) {
		assertThat(names(rendering.pod(), "containers.0.volumeMounts", "name"))
			.containsExactlyInAnyOrderElementsOf(names(rendering.pod(), "volumes", "name"));
		if (rendering.has("ServiceAccount")) {
			Map<String, Object> account = rendering.only("ServiceAccount");
			assertThat(Rendering.text(account, "metadata.name")).isEqualTo(rendering.pod().get("serviceAccountName"));
			assertThat(account).containsEntry("automountServiceAccountToken", false);
		}
		if (rendering.has("HorizontalPodAutoscaler")) {
			assertThat(Rendering.text(rendering.only("HorizontalPodAutoscaler"), "spec.scaleTargetRef.name"))
				.isEqualTo(Rendering.text(rendering.only("Deployment"), "metadata.name"));
			assertThat(Rendering.fields(Rendering.at(rendering.only("Deployment"), "spec")))
				.doesNotContainKey("replicas");
		}
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void routesLeadToTheServiceOfClients(Rendering rendering) {
		Map<String, Object> service = rendering.all("Service")
			.stream()
			.filter((candidate) -> Rendering.text(candidate, "spec.ports.0.name").equals("http"))
			.findFirst()
			.orElseThrow();
		String name = Rendering.text(service, "metadata.name");

		assertThat(Rendering.text(service, "spec.ports.0.targetPort")).isEqualTo("http");
		for (Map<String, Object> ingress : rendering.all("Ingress")) {
			assertThat(Rendering.list(ingress, "spec.rules"))
				.allSatisfy((rule) -> assertThat(Rendering.at(rule, "http.paths.0.backend.service"))
					.isEqualTo(Map.of("name", name, "port", Map.of("name", "http"))));
		}
		for (Map<String, Object> route : rendering.all("HTTPRoute")) {
			assertThat(Rendering.at(route, "spec.rules.0.backendRefs.0"))
				.isEqualTo(Map.of("name", name, "port", Rendering.at(service, "spec.ports.0.port")));
		}
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void serviceMonitorScrapesTheManagementPortAloneAndKeepsLabels(Rendering rendering) {
		for (Map<String, Object> monitor : rendering.all("ServiceMonitor")) {
			Map<String, Object> selector = Rendering.fields(Rendering.at(monitor, "spec.selector.matchLabels"));
			assertThat(Rendering.at(monitor, "spec.endpoints.0.honorLabels")).isEqualTo(true);

			assertThat(rendering.all("Service"))
				.filteredOn((service) -> Rendering.fields(Rendering.at(service, "metadata.labels"))
					.entrySet()
					.containsAll(selector.entrySet()))
				.singleElement()
				.satisfies((service) -> assertThat(Rendering.text(service, "spec.ports.0.name"))
					.isEqualTo(Rendering.text(monitor, "spec.endpoints.0.port")));
		}
	}

	static Stream<Rendering> scenarios() {
		return Scenario.all().map(Chart::render);
	}

	private static List<Map<String, Object>> selectors(Rendering rendering) {
		return Stream
			.of(Map.entry("Service", "spec.selector"), Map.entry("Deployment", "spec.selector.matchLabels"),
					Map.entry("PodDisruptionBudget", "spec.selector.matchLabels"),
					Map.entry("NetworkPolicy", "spec.podSelector.matchLabels"))
			.flatMap((kind) -> rendering.all(kind.getKey())
				.stream()
				.map((object) -> Rendering.fields(Rendering.at(object, kind.getValue()))))
			.toList();
	}

	private static List<String> names(Object object, String path, String field) {
		return Rendering.list(object, path).stream().map((item) -> Rendering.text(item, field)).toList();
	}

}
