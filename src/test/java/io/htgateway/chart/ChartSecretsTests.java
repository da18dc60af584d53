package io.htgateway.chart;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where secrets are, and where they are not.
 */
class ChartSecretsTests {

	private static final String ALL = """
			teams: {values: [{name: research, token-sha256: %s}]}
			redis: {enabled: true, host: redis.example, password: canary-password-3c}
			""".formatted(Scenario.HASH);

	private static final List<String> CANARIES = List.of("canary-key-7f1e", "canary-password-3c", Scenario.HASH);

	@ParameterizedTest
	@MethodSource("scenarios")
	void secretIsInNoObjectButSecrets(Scenario scenario) {
		assertThat(Chart.render(scenario).objects()).filteredOn((object) -> !"Secret".equals(object.get("kind")))
			.allSatisfy((object) -> assertThat(object.toString()).doesNotContainIgnoringCase("canary")
				.doesNotContain(CANARIES)
				.doesNotContain(CANARIES.stream().map(ChartSecretsTests::encoded).toList()));
	}

	@Test
	void secretHasWhatTheValuesSay() {
		Map<String, Object> data = Rendering.fields(Rendering.at(Chart.render(ALL).only("Secret"), "data"));

		assertThat(data).containsOnlyKeys("api-key", "teams.yaml", "redis-password")
			.containsEntry("api-key", encoded("canary-key-7f1e"))
			.containsEntry("redis-password", encoded("canary-password-3c"));
		Map<String, Object> teams = Chart
			.yaml(new String(Base64.getDecoder().decode((String) data.get("teams.yaml")), StandardCharsets.UTF_8));
		assertThat(Rendering.text(teams, "gateway.access.teams.0.name")).isEqualTo("research");
		assertThat(Rendering.text(teams, "gateway.access.teams.0.token-sha256")).isEqualTo(Scenario.HASH);
	}

	@Test
	void secretIsNotMadeWhereAllExist() {
		assertThat(Chart.render(Scenario.example("production", "")).has("Secret")).isFalse();
	}

	@Test
	void mountedSecretsAreThoseOfTheChartAndAtThePathsOfTheConfiguration() {
		Rendering rendering = Chart.render(ALL);

		assertThat(secrets(rendering)).containsExactly("gw-hypertracker-gateway api-key key/api-key",
				"gw-hypertracker-gateway teams.yaml teams/teams.yaml",
				"gw-hypertracker-gateway redis-password redis/spring.data.redis.password");
		assertThat(rendering.configurationText()).contains(
				"api-key-file: /run/secrets/hypertracker-gateway/key/api-key",
				"teams-file: /run/secrets/hypertracker-gateway/teams/teams.yaml",
				"- configtree:/run/secrets/hypertracker-gateway/redis/");
		assertThat(rendering.pod().toString()).contains("mountPath=/run/secrets/hypertracker-gateway,");
	}

	@Test
	void mountedSecretsAreThoseThatExist() {
		Rendering rendering = Chart.render(Scenario.example("production", "apiKey: {key: hypertracker}"));

		assertThat(secrets(rendering)).containsExactly("hypertracker-key hypertracker key/api-key",
				"hypertracker-teams teams.yaml teams/teams.yaml",
				"hypertracker-redis password redis/spring.data.redis.password");
	}

	static Stream<Scenario> scenarios() {
		return Stream.concat(Scenario.all(), Stream.of(Scenario.of(ALL)));
	}

	private static List<String> secrets(Rendering rendering) {
		return Rendering.list(rendering.pod(), "volumes.1.projected.sources")
			.stream()
			.map((source) -> Rendering.text(source, "secret.name") + " " + Rendering.text(source, "secret.items.0.key")
					+ " " + Rendering.text(source, "secret.items.0.path"))
			.toList();
	}

	private static String encoded(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
