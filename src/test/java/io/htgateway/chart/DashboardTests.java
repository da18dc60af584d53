package io.htgateway.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Whether Grafana can show the dashboard, in whichever way it gets it.
 */
class DashboardTests {

	private static final Map<String, Object> DATA_SOURCE = Map.of("type", "prometheus", "uid", "${datasource}");

	private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern PRICE = Pattern
		.compile("(?m)^\\| (\\w+) \\| ([\\d,]+) \\| ([\\d,]+)(?: a day)? \\| ([\\d.]+) \\|$");

	private static final String DOCS = "${docs:raw}/";

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
	void everyPanelSaysWhatItShows() {
		assertThat(Queries.panels()).hasSizeGreaterThan(35)
			.allSatisfy((panel) -> assertThat(Rendering.text(panel, "description")).as(Rendering.text(panel, "title"))
				.matches("[A-Z0-9].{20,}\\."));
	}

	@Test
	void linksLeadToSectionsOfTheRunbookAndReachAll() {
		assertThat(Queries.panels().stream().flatMap((panel) -> links(panel).stream()).distinct())
			.containsExactlyInAnyOrderElementsOf(Runbook.sections().stream().map((link) -> DOCS + link).toList());
		assertThat(links(Queries.dashboard())).isNotEmpty()
			.allSatisfy((link) -> assertThat(Path.of("docs", link.replace(DOCS, ""))).isRegularFile());
	}

	@Test
	void everyPanelLinksToTheRunbook() {
		assertThat(Queries.panels())
			.allSatisfy((panel) -> assertThat(links(panel)).as(Rendering.text(panel, "title")).isNotEmpty());
	}

	@Test
	void rowsAreFoldedButTheFirst() {
		assertThat(Queries.rows()).extracting((row) -> row.get("collapsed"))
			.startsWith(false, true)
			.hasSizeGreaterThan(5);
		assertThat(Queries.rows().stream().skip(1)).allSatisfy((row) -> {
			assertThat(row).containsEntry("collapsed", true);
			assertThat(Rendering.list(row, "panels")).isNotEmpty();
		});
	}

	@Test
	void alertsAreListed() {
		assertThat(Queries.panels()).filteredOn((panel) -> "alertlist".equals(panel.get("type")))
			.singleElement()
			.satisfies((panel) -> assertThat(Queries.alerts())
				.allSatisfy((alert) -> assertThat(Rendering.text(alert, "alert"))
					.startsWith(Rendering.text(panel, "options.alertName"))));
	}

	@Test
	void panelsHaveTheirOwnIdAndPlace() {
		List<Map<String, Object>> all = Stream.concat(Queries.rows().stream(), Queries.panels().stream()).toList();

		assertThat(all).extracting((panel) -> panel.get("id")).doesNotHaveDuplicates();
		assertOwnPlaces(Rendering.list(Queries.dashboard(), "panels"));
		Queries.rows().forEach((row) -> assertOwnPlaces(Rendering.list(row, "panels")));
	}

	private static void assertOwnPlaces(List<?> panels) {
		Set<String> cells = new HashSet<>();
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

	private static List<String> links(Map<String, Object> holder) {
		return holder.containsKey("links")
				? Rendering.list(holder, "links").stream().map((link) -> Rendering.text(link, "url")).toList()
				: List.of();
	}

	@Test
	void variablesAreThoseThatAreUsed() {
		List<?> variables = Rendering.list(Queries.dashboard(), "templating.list");

		assertThat(variables).extracting((variable) -> Rendering.text(variable, "name"))
			.containsExactly("datasource", "namespace", "job", "price", "docs");
		assertThat(Chart.file("files/dashboard.json")).doesNotContainPattern(
				"\\$(?!__rate_interval|__range|__all|\\{datasource}|\\{docs:raw}|namespace\\b|job\\b|price\\b)");
	}

	@Test
	void pricesAreThoseOfTheDocument() throws IOException {
		List<String> prices = PRICE.matcher(Files.readString(Path.of("docs/metrics.md")))
			.results()
			.map((row) -> row.group(1) + " : " + row.group(4))
			.toList();

		assertThat(Queries.dashboard()).extracting((dashboard) -> Rendering.text(dashboard, "templating.list.3.query"))
			.isEqualTo(String.join(", ", prices));
		assertThat(PRICE.matcher(Files.readString(Path.of("docs/metrics.md"))).results().limit(4))
			.allSatisfy((row) -> assertThat(number(row.group(2)) / number(row.group(3)) * 1000)
				.isEqualTo(number(row.group(4)), within(1e-9)));
	}

	private static double number(String text) {
		return Double.parseDouble(text.replace(",", ""));
	}

	@Test
	void linksOfTheChartBeginWhereItsDocsAre() {
		assertThat(dashboard("dashboard: {enabled: true}\nprometheusRule: {docsUrl: 'https://git.example/docs/'}"))
			.contains("\"https://git.example/docs\"")
			.doesNotContain("/public/docs");
	}

	@Test
	void chartThatDoesNotKnowTheDocsLeavesOutAllLinks() {
		Map<String, Object> dashboard = Chart.yaml(dashboard("dashboard: {enabled: true}"));

		assertThat(dashboard.toString()).doesNotContain("runbook.md", "${docs", "/public/docs", "name=docs");
		assertThat(Rendering.list(dashboard, "links")).isEmpty();
		assertThat(Rendering.list(dashboard, "templating.list")).hasSize(4);
		assertThat(Rendering.list(dashboard, "panels")).hasSameSizeAs(Rendering.list(Queries.dashboard(), "panels"));
	}

	@Test
	void configMapHasTheFileForTheSidecar() {
		Map<String, Object> map = configMap("dashboard: {enabled: true}");

		assertThat(Rendering.fields(Rendering.at(map, "metadata.labels"))).containsEntry("grafana_dashboard", "1");
		assertThat(Chart.yaml(dashboard("dashboard: {enabled: true}\nprometheusRule: {docsUrl: 'https://a'}")
			.replace("https://a", "/public/docs"))).isEqualTo(Queries.dashboard());
	}

	private static String dashboard(String values) {
		return (String) Rendering.fields(Rendering.at(configMap(values), "data"))
			.getOrDefault("hypertracker-gateway.json", "");
	}

	private static Map<String, Object> configMap(String values) {
		return Chart.render(values)
			.all("ConfigMap")
			.stream()
			.filter((candidate) -> Rendering.text(candidate, "metadata.name").endsWith("-dashboard"))
			.findFirst()
			.orElseThrow();
	}

}
