package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of <code>docs/history.md</code> with heatmaps that a gateway has
 * recorded from the simulated HyperTracker.
 */
@Tag("examples")
@GatewayTest
@TestPropertySource(properties = "gateway.history.enabled=true")
class HistoryExamplesTests {

	static final Path PAGE = Path.of("docs/history.md");

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String LIST = "/api/history/heatmap/BTC?limit=1000";

	private static final Path HISTORY = createFolder();

	@Autowired
	private Gateway gateway;

	@Autowired
	private MutableClock clock;

	@TempDir
	private Path directory;

	private static Path createFolder() {
		try {
			return Files.createTempDirectory("history");
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@DynamicPropertySource
	static void historyIsInFolder(DynamicPropertyRegistry properties) {
		properties.add("gateway.history.location", HISTORY::toString);
	}

	@AfterAll
	static void removeFolder() throws IOException {
		FileSystemUtils.deleteRecursively(HISTORY);
	}

	@BeforeEach
	void recordTwoHeatmaps() {
		int before = gateway.get(LIST).json().path("snapshots").size();
		assertThat(gateway.get(HEATMAP).status()).isEqualTo(200);
		clock.advance(Duration.ofHours(1));
		assertThat(gateway.get(HEATMAP).status()).isEqualTo(200);
		Awaitility.await()
			.untilAsserted(() -> assertThat(gateway.get(LIST).json().path("snapshots")).hasSize(before + 2));
	}

	static List<Example> examples() {
		return Example.of(MarkdownPage.read(PAGE));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void exampleRunsAndPrintsSomething(Example example) throws Exception {
		assertThat(run(example)).isNotBlank().doesNotContain("urn:hypertracker-gateway");
	}

	@Test
	void pageHasExamplesOfAllKinds() {
		assertThat(examples()).hasSizeGreaterThanOrEqualTo(5).extracting(Example::language).contains("", "python");
	}

	@Test
	void pythonPrintsEachSnapshot() throws Exception {
		Map<Instant, JsonNode> bodies = bodies();

		List<String> lines = run(
				examples().stream().filter((example) -> example.language().equals("python")).findFirst().orElseThrow())
			.lines()
			.toList();

		assertThat(lines).hasSizeGreaterThanOrEqualTo(bodies.size());
		for (Map.Entry<Instant, JsonNode> body : bodies.entrySet()) {
			String time = body.getKey().toString().substring(0, 10);
			assertThat(lines).anySatisfy((line) -> assertThat(line).contains(time)
				.contains(Integer.toString(body.getValue().path("heatmap").size())));
		}
	}

	@Test
	void curlWritesTheSnapshotAndPrintsItsTime() throws Exception {
		Example example = examples().stream()
			.filter((found) -> found.text().startsWith("url="))
			.findFirst()
			.orElseThrow();
		Map.Entry<Instant, JsonNode> last = new TreeMap<>(bodies()).lastEntry();

		assertThat(run(example).strip()).isEqualTo(last.getKey().toString());

		assertThat(JsonMapper.shared().readTree(directory.resolve("heatmap.json").toFile())).isEqualTo(last.getValue());
	}

	@Test
	void duckDbHasEachBinOfEachSnapshot() throws SQLException {
		String sql = MarkdownPage.read(PAGE)
			.code()
			.stream()
			.filter((code) -> code.language().equals("sql"))
			.findFirst()
			.orElseThrow()
			.text()
			.replace("'history/", "'" + HISTORY + "/");
		List<String> expected = bodies().entrySet()
			.stream()
			.flatMap((body) -> bins(body.getKey(), body.getValue()))
			.toList();

		assertThat(expected).hasSizeGreaterThan(10);
		assertThat(query(sql)).isEqualTo(expected);
	}

	private static List<String> query(String sql) throws SQLException {
		List<String> rows = new ArrayList<>();
		try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
				Statement statement = database.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			while (row.next()) {
				Instant time = row.getObject("time", LocalDateTime.class).toInstant(ZoneOffset.UTC);
				rows.add(row(time, row.getDouble("priceBinStart"), row.getDouble("priceBinEnd"),
						row.getDouble("liquidationValue"), row.getLong("positionsCount")));
			}
		}
		return rows;
	}

	private static Stream<String> bins(Instant time, JsonNode body) {
		return body.path("heatmap")
			.valueStream()
			.map((bin) -> row(time, bin.path("priceBinStart").asDouble(), bin.path("priceBinEnd").asDouble(),
					bin.path("liquidationValue").asDouble(), bin.path("positionsCount").asLong()));
	}

	private static String row(Instant time, double start, double end, double value, long count) {
		return time + " " + start + " " + end + " " + value + " " + count;
	}

	private Map<Instant, JsonNode> bodies() {
		Map<Instant, JsonNode> bodies = new TreeMap<>();
		gateway.get(LIST).json().path("snapshots").forEach((snapshot) -> {
			String href = snapshot.path("href").asString();
			bodies.put(Instant.parse(snapshot.path("time").asString()),
					gateway.get("/api/history/heatmap/" + href).json());
		});
		return bodies;
	}

	private String run(Example example) throws IOException, InterruptedException {
		String text = example.text().replace("localhost:8080", "127.0.0.1:" + gateway.port());
		return example.with(text).run(directory, Map.of("TOKEN", "any"));
	}

}
