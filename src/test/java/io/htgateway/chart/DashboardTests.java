package io.htgateway.chart;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether Grafana can show the dashboard, in whichever way it gets it.
 */
class DashboardTests {

	private static final Map<String, Object> DATA_SOURCE = Map.of("type", "prometheus", "uid", "${datasource}");

	private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

	@Test
	void everyPanelAsksTheDataSourceThatIsChosen() {
		assertThat(Queries.targets()).hasSizeGreaterThan(30).allSatisfy((target) -> {
			assertThat(target).containsEntry("datasource", DATA_SOURCE);
			PromQl query = PromQl.of(Rendering.text(target, "expr"));
			assertThat(query.series())
				.allSatisfy((series) -> assertThat(series.labels()).containsEntry("namespace", "$namespace")
					.containsEntry("job", "$job"));
		});
	}

	@Test
	void legendNamesLabelsThatTheQueryKeeps() {
		assertThat(Queries.targets()).allSatisfy((target) -> {
			Set<String> kept = new HashSet<>(PromQl.of(Rendering.text(target, "expr")).groups());
			kept.add("instance");
			assertThat(kept).containsAll(LABEL.matcher(Rendering.text(target, "legendFormat"))
				.results()
				.map((label) -> label.group(1))
				.toList());
		});
	}

	@Test
	void panelsHaveTheirOwnIdAndPlace() {
		List<?> panels = Rendering.list(Queries.dashboard(), "panels");
		Set<String> cells = new HashSet<>();

		assertThat(panels).extracting((panel) -> Rendering.at(panel, "id")).doesNotHaveDuplicates();
		for (Object panel : panels) {
			Map<String, Object> place = Rendering.fields(Rendering.at(panel, "gridPos"));
			for (int x = 0; x < (int) Rendering.at(place, "w"); x++) {
				for (int y = 0; y < (int) Rendering.at(place, "h"); y++) {
					int column = (int) Rendering.at(place, "x") + x;
					assertThat(cells.add(column + " " + ((int) Rendering.at(place, "y") + y))).isTrue();
					assertThat(column).isLessThan(24);
				}
			}
		}
	}

	@Test
	void variablesAreThoseThatAreUsed() {
		List<?> variables = Rendering.list(Queries.dashboard(), "templating.list");

		assertThat(variables).extracting((variable) -> Rendering.text(variable, "name"))
			.containsExactly("datasource", "namespace", "job", "price");
		assertThat(Chart.file("files/dashboard.json"))
			.doesNotContainPattern("\\$(?!__rate_interval|__range|__all|\\{datasource}|namespace\\b|job\\b|price\\b)");
	}

	@Test
	void configMapHasTheFileForTheSidecar() {
		Map<String, Object> map = Chart.render("dashboard: {enabled: true}")
			.all("ConfigMap")
			.stream()
			.filter((candidate) -> Rendering.text(candidate, "metadata.name").endsWith("-dashboard"))
			.findFirst()
			.orElseThrow();

		assertThat(Rendering.fields(Rendering.at(map, "metadata.labels"))).containsEntry("grafana_dashboard", "1");
		assertThat(Chart
			.yaml((String) Rendering.fields(Rendering.at(map, "data")).getOrDefault("hypertracker-gateway.json", "")))
			.isEqualTo(Queries.dashboard());
	}

}
