package io.htgateway.chart;

import java.util.Map;
import java.util.stream.Stream;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whether the chart makes objects that Kubernetes takes.
 */
class ChartObjectsTests {

	@Test
	void lintWhenStrictHasNothingToSay() {
		LintResult lint = Chart.lint();

		assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
		assertThat(lint.getMessages()).noneMatch((message) -> message.contains("[WARNING]"));
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void everyObjectIsOneThatKubernetesKnows(Scenario scenario) {
		Rendering rendering = Chart.render(scenario);

		assertThat(rendering.objects()).hasSizeGreaterThan(4).allSatisfy((object) -> {
			HasMetadata read = KubernetesModel.read(object);
			assertThat(read.getMetadata().getName()).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
			assertThat(read.getMetadata().getLabels()).containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
				.containsKeys("app.kubernetes.io/name", "helm.sh/chart", "app.kubernetes.io/managed-by");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "metadata", "spec", "spec.template.spec", "spec.template.spec.containers.0.resources",
			"spec.template.spec.volumes.0", "spec.template.spec.containers.0.livenessProbe.httpGet" })
	void fieldThatKubernetesDoesNotKnowIsRefused(String path) {
		Map<String, Object> deployment = Rendering.of(Chart.template(Scenario.of(""))).only("Deployment");
		Rendering.fields(Rendering.at(deployment, path)).put("misspelt", "value");

		assertThatIllegalArgumentException().isThrownBy(() -> KubernetesModel.read(deployment))
			.withMessageContaining("misspelt");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			"" | ConfigMap Deployment NetworkPolicy Pod Secret Service ServiceAccount
			apiKey: {existingSecret: a, value: ""} | ConfigMap Deployment NetworkPolicy Pod Service ServiceAccount
			replicaCount: 2 | ... PodDisruptionBudget
			replicaCount: 2; podDisruptionBudget: {enabled: false} | ...
			autoscaling: {enabled: true} | ... HorizontalPodAutoscaler PodDisruptionBudget
			autoscaling: {enabled: true, minReplicas: 1} | ... HorizontalPodAutoscaler
			ingress: {enabled: true, hosts: [a]}; networkPolicy: {clientNamespaces: [a]} | ... Ingress
			httpRoute: {enabled: true, parentRefs: [{name: a}]}; networkPolicy: {clientNamespaces: [a]} | ... HTTPRoute
			serviceMonitor: {enabled: true} | ... ServiceMonitor
			prometheusRule: {enabled: true, docsUrl: https://a} | ... PrometheusRule
			networkPolicy: {enabled: false} | ConfigMap Deployment Pod Secret Service ServiceAccount
			serviceAccount: {create: false} | ConfigMap Deployment NetworkPolicy Pod Secret Service
			""")
	void kindsAreThoseThatAreAskedFor(String values, String kinds) {
		String always = "ConfigMap Deployment NetworkPolicy Pod Secret Service ServiceAccount";

		assertThat(Chart.render(values.replace("; ", "\n")).objects()).extracting((object) -> object.get("kind"))
			.map(String::valueOf)
			.containsOnly(kinds.replace("...", always).split(" ", -1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			"" | {type=Recreate}
			budget: {existingClaim: spend} | {type=Recreate}
			redis: {enabled: true, host: a}; budget: {existingClaim: spend} | {type=Recreate}
			redis: {enabled: true, host: a} | {type=RollingUpdate, rollingUpdate={maxSurge=1, maxUnavailable=0}}
			replicaCount: 2 | {type=RollingUpdate, rollingUpdate={maxSurge=1, maxUnavailable=0}}
			autoscaling: {enabled: true} | {type=RollingUpdate, rollingUpdate={maxSurge=1, maxUnavailable=0}}
			""")
	void gatewayWithTheWholePlanEndsBeforeTheNextStarts(String values, String strategy) {
		Map<String, Object> deployment = Chart.render(values.replace("; ", "\n")).only("Deployment");

		assertThat(Rendering.at(deployment, "spec.strategy")).hasToString(strategy);
	}

	static Stream<Scenario> scenarios() {
		return Scenario.all();
	}

}
