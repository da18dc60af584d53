package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Runs the documentation's examples, with only their ports changed, against a gateway
 * with the simulated HyperTracker.
 */
@Tag("examples")
@GatewayTest
@TestPropertySource(properties = "gateway.budget.per-month=50000")
class ExamplesTests {

	@Autowired
	private Gateway gateway;

	@TempDir
	private Path directory;

	static List<Example> examples() throws IOException {
		return MarkdownPage.all()
			.stream()
			.filter((page) -> !page.path().equals(HistoryExamplesTests.PAGE))
			.flatMap((page) -> Example.of(page).stream())
			.filter((example) -> !StreamExamplesTests.isStream(example))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void exampleRunsAndPrintsSomething(Example example) throws Exception {
		assertThat(run(example)).isNotBlank().doesNotContain("urn:hypertracker-gateway");
	}

	@Test
	void allLanguagesAndPagesHaveExamples() throws IOException {
		assertThat(examples()).extracting(Example::language).contains("", "python", "js", "java");
		assertThat(examples()).extracting((example) -> example.page().getFileName().toString())
			.contains("README.md", "getting-started.md", "api.md", "teams.md", "operations.md");
	}

	@Test
	void secondRequestOfGettingStartedIsHit() throws Exception {
		Example twice = example("docs/getting-started.md", "curl -sI");

		assertThat(run(twice).lines().filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("cache-status")))
			.satisfiesExactly((first) -> assertThat(first).contains("; fwd=uri-miss; stored"),
					(second) -> assertThat(second).contains("; hit; "));
	}

	@Test
	void requestWithEntityTagIsNotModified() throws Exception {
		assertThat(run(example("docs/api.md", "url="))).isEqualTo("304\n");
	}

	@Test
	void exampleThatIsRefusedFails() {
		Example refused = new Example(Path.of("none.md"), "", "curl http://localhost:8080/api/none");

		assertThatThrownBy(() -> run(refused)).isInstanceOf(AssertionError.class).hasMessageContaining("404");
	}

	private static Example example(String page, String start) {
		return Example.of(MarkdownPage.read(Path.of(page)))
			.stream()
			.filter((example) -> example.text().startsWith(start))
			.findFirst()
			.orElseThrow();
	}

	private String run(Example example) throws IOException, InterruptedException {
		String text = example.text()
			.replace("localhost:8080", "127.0.0.1:" + gateway.port())
			.replace("localhost:8081", "127.0.0.1:" + gateway.managementPort());
		return example.with(text).run(directory, Map.of("TOKEN", "any"));
	}

}
