package io.htgateway.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The queries of the dashboard and the alerts.
 */
final class Queries {

	private Queries() {
	}

	static Map<String, Object> dashboard() {
		return Chart.yaml(Chart.file("files/dashboard.json"));
	}

	/**
	 * The alerts as they are in the file of rules.
	 */
	static List<Map<String, Object>> alerts() {
		return Rendering.list(Chart.yaml(Chart.file("files/alerts.yaml")), "groups")
			.stream()
			.flatMap((group) -> Rendering.list(group, "rules").stream())
			.map(Rendering::fields)
			.toList();
	}

	/**
	 * What panels of the dashboard ask for.
	 */
	static List<Map<String, Object>> targets() {
		List<Map<String, Object>> targets = new ArrayList<>();
		for (Object panel : Rendering.list(dashboard(), "panels")) {
			if (!"row".equals(Rendering.fields(panel).get("type"))) {
				Rendering.list(panel, "targets").forEach((target) -> targets.add(Rendering.fields(target)));
			}
		}
		return targets;
	}

	static List<String> all() {
		List<String> queries = new ArrayList<>();
		targets().forEach((target) -> queries.add(Rendering.text(target, "expr")));
		alerts().forEach((alert) -> queries.add(Rendering.text(alert, "expr")));
		return queries;
	}

}
