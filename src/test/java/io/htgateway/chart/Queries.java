package io.htgateway.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
	 * The rows of the dashboard.
	 */
	static List<Map<String, Object>> rows() {
		return top().filter(Queries::isRow).toList();
	}

	/**
	 * The panels of the dashboard, those of folded rows included.
	 */
	static List<Map<String, Object>> panels() {
		return top()
			.flatMap((panel) -> isRow(panel) ? Rendering.list(panel, "panels").stream().map(Rendering::fields)
					: Stream.of(panel))
			.toList();
	}

	/**
	 * What panels of the dashboard ask for.
	 */
	static List<Map<String, Object>> targets() {
		return panels().stream()
			.filter((panel) -> panel.containsKey("targets"))
			.flatMap((panel) -> Rendering.list(panel, "targets").stream())
			.map(Rendering::fields)
			.toList();
	}

	private static Stream<Map<String, Object>> top() {
		return Rendering.list(dashboard(), "panels").stream().map(Rendering::fields);
	}

	private static boolean isRow(Map<String, Object> panel) {
		return "row".equals(panel.get("type"));
	}

	static List<String> all() {
		List<String> queries = new ArrayList<>();
		targets().forEach((target) -> queries.add(Rendering.text(target, "expr")));
		alerts().forEach((alert) -> queries.add(Rendering.text(alert, "expr")));
		return queries;
	}

}
