package io.htgateway.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alerts, as a file of rules and in the chart. What they see is tested with promtool
 * (<code>.ci/alerts</code>).
 */
class AlertsTests {

	@Test
	void everyAlertHasASeverityAndItsPlaceInTheRunbook() throws IOException {
		assertThat(Queries.alerts()).hasSizeGreaterThan(6).allSatisfy((alert) -> {
			assertThat(Rendering.text(alert, "labels.severity")).isIn("info", "warning", "critical");
			assertThat(Rendering.text(alert, "annotations.summary")).isNotBlank();
			assertThat(Runbook.sections()).contains(Rendering.text(alert, "annotations.runbook_url"));
			assertThat(Files.readString(Path.of("docs/runbook.md"))).contains("`" + alert.get("alert") + "`");
		});
	}

	@Test
	void everyAlertIsInTheChartWithALinkToTheRunbook() {
		List<Map<String, Object>> alerts = alerts("disabled: []");

		assertThat(alerts).extracting((alert) -> alert.get("alert"))
			.isEqualTo(Queries.alerts().stream().map((alert) -> alert.get("alert")).toList());
		assertThat(alerts)
			.extracting((alert) -> Rendering.text(alert, "expr")
				.replace("{namespace=\"apps\"}", "")
				.replace("{namespace=\"apps\",", "{"))
			.isEqualTo(Queries.alerts().stream().map((alert) -> alert.get("expr")).toList());
		assertThat(alerts).allSatisfy((alert) -> assertThat(Rendering.text(alert, "annotations.runbook_url"))
			.matches("https://docs\\.example/runbook\\.md#[a-z-]+"));
	}

	@Test
	void alertsOfTheChartAreForTheNamespaceOfTheRelease() {
		assertThat(alerts("disabled: []")).extracting((alert) -> PromQl.of(Rendering.text(alert, "expr")).series())
			.allSatisfy((series) -> assertThat(series).isNotEmpty()
				.allSatisfy((one) -> assertThat(one.labels()).containsEntry("namespace", "apps")));
	}

	@Test
	void alertsAreLeftOutAndChangedByName() {
		List<Map<String, Object>> alerts = alerts("disabled: [HypertrackerGatewayErrors],"
				+ " for: {HypertrackerGatewayServesStale: 2h}, alertLabels: {team: platform}");

		assertThat(alerts).noneMatch((alert) -> "HypertrackerGatewayErrors".equals(alert.get("alert")))
			.filteredOn((alert) -> "HypertrackerGatewayServesStale".equals(alert.get("alert")))
			.singleElement()
			.satisfies((alert) -> {
				assertThat(alert).containsEntry("for", "2h");
				assertThat(alert).containsEntry("labels", Map.of("team", "platform", "severity", "warning"));
			});
	}

	private static List<Map<String, Object>> alerts(String settings) {
		Map<String, Object> rule = Chart
			.render("prometheusRule: {enabled: true, docsUrl: https://docs.example/, " + settings + "}")
			.only("PrometheusRule");
		return Rendering.list(rule, "spec.groups.0.rules").stream().map(Rendering::fields).toList();
	}

}
