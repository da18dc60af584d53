package io.htgateway.chart;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether pods keep to the restricted Pod Security Standard, and go further.
 */
class ChartPodSecurityTests {

	@ParameterizedTest
	@MethodSource("pods")
	void podIsRestricted(Map<String, Object> pod) {
		assertThat(pod).doesNotContainKeys("hostNetwork", "hostPID", "hostIPC", "hostUsers", "initContainers")
			.containsEntry("automountServiceAccountToken", false);
		assertThat(Rendering.fields(Rendering.at(pod, "securityContext"))).containsEntry("runAsNonRoot", true)
			.containsEntry("runAsUser", 10001)
			.containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"))
			.doesNotContainKeys("sysctls", "windowsOptions", "seLinuxOptions");
	}

	@ParameterizedTest
	@MethodSource("pods")
	void containerIsRestricted(Map<String, Object> pod) {
		assertThat(Rendering.list(pod, "containers")).hasSize(1).allSatisfy((container) -> {
			assertThat(Rendering.fields(Rendering.at(container, "securityContext")))
				.isEqualTo(Map.of("allowPrivilegeEscalation", false, "readOnlyRootFilesystem", true, "capabilities",
						Map.of("drop", List.of("ALL"))));
			assertThat(Rendering.fields(Rendering.at(container, "resources.limits"))).containsKey("memory");
			assertThat(container.toString()).doesNotContain("hostPort");
		});
	}

	@ParameterizedTest
	@MethodSource("pods")
	void volumesAreOfKindsThatAreAllowed(Map<String, Object> pod) {
		if (pod.get("volumes") instanceof Collection<?> volumes) {
			assertThat(volumes).allSatisfy((volume) -> assertThat(Rendering.fields(volume).keySet()).hasSize(2)
				.containsAnyOf("configMap", "projected", "emptyDir", "persistentVolumeClaim"));
		}
	}

	static Stream<Map<String, Object>> pods() {
		return Scenario.all()
			.map(Chart::render)
			.flatMap((rendering) -> Stream.of(rendering.pod(),
					Rendering.fields(Rendering.at(rendering.only("Pod"), "spec"))));
	}

}
