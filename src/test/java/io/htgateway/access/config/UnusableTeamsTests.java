package io.htgateway.access.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.htgateway.GatewayApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of the startup failures for teams that cannot be used.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusableTeamsTests {

	private static final String ADVICE = "Correct the file as docs/teams.md describes. To generate a token and its"
			+ " hash, run";

	private static final String HASH = "0123456789abcdef".repeat(4);

	private static final String[] RESEARCH = { "--gateway.access.teams[0].name=research",
			"--gateway.access.teams[0].token-sha256=" + HASH };

	private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	@AfterEach
	void logAsUsual() {
		root.setLevel(Level.INFO);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | is empty", "canary | has no gateway.access.teams",
			"'{canary' | is not valid YAML",
			"gateway: {access: {teams: [{name: a, token-sha256: canary}]}} | cannot be used: gateway.access.teams[0].token-sha256 (line 1)" })
	void startWhenFileIsBadExplainsIt(String content, String reason, @TempDir Path directory, CapturedOutput output)
			throws IOException {
		Path file = Files.writeString(directory.resolve("teams.yaml"), content);

		assertDoesNotStart("--gateway.access.teams-file=" + file);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("The file of gateway.access.teams-file, " + file + ", " + reason, ADVICE)
			.doesNotContain("canary")
			.doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "teams.yaml", "config/teams.yml", "teams.json", "../my teams.yaml" })
	void startWhenFileOfARelativePathIsMissingNamesIt(String path, CapturedOutput output) {
		assertDoesNotStart("--gateway.access.teams-file=" + path);

		assertThat(output).contains("The file of gateway.access.teams-file, %s (%s), is missing.".formatted(path,
				Path.of(path).toAbsolutePath()), ADVICE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "htgw_canary5d1f", "canary.5d1f.canary-canary_canary", "canary/5d1f=" })
	void startWhenTheTextIsNoPathOfAFileDoesNotShowIt(String text, CapturedOutput output) {
		assertDoesNotStart("--gateway.access.teams-file=" + text);

		assertThat(output).contains(
				"gateway.access.teams-file (argument --gateway.access.teams-file) must be the path of a file with the teams",
				ADVICE)
			.doesNotContain("canary");
	}

	@Test
	void startWhenFileIsMissingExplainsItWithoutThePath(CapturedOutput output) {
		assertDoesNotStart("--gateway.access.teams-file=canary");

		assertThat(output).contains(
				"gateway.access.teams-file (argument --gateway.access.teams-file) must be the path of a file with the teams",
				ADVICE)
			.doesNotContain("canary");
	}

	@Test
	void startWhenTeamsAreGivenTwiceExplainsIt(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path file = Files.writeString(directory.resolve("teams.yaml"), "gateway: {access: {teams: [{name: canary}]}}");

		assertDoesNotStart(RESEARCH[0], RESEARCH[1], "--gateway.access.teams-file=" + file);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains(
					"Both gateway.access.teams and gateway.access.teams-file are configured, but the gateway reads teams from only one"
							+ " place.",
					"Remove one of them.")
			.doesNotContain("canary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.access.teams[0].request-per-minute", "gateway.access.teams[0].token",
			"gateway.access.teams[0].limits.requests", "gateway.access.teams[2].token", "gateway.team[0].name",
			"gateway.access.teams.a.name", "gateway.team-jwt.audience", "gateway.access.jwt.claims",
			"gateway.access.teams.jwt.audience", "gateway.rate-limit-header", "gateway.share.enabled",
			"gateway.cache.max-sise", "gateway.upstreams.api-key" })
	void startWhenPropertyDoesNotExistNamesItWithoutItsValue(String property, CapturedOutput output) {
		assertDoesNotStart(RESEARCH[0], RESEARCH[1], "--" + property + "=canary");

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains(property + " (argument --" + property + ") is not a property of the gateway")
			.doesNotContain("canary");
	}

	@Test
	void startWhenPropertyOfATeamDoesNotExistTellsNoValueAtTheFinestLevelOfLogging(CapturedOutput output) {
		assertDoesNotStart(RESEARCH[0], RESEARCH[1], "--gateway.access.teams[0].token=canary",
				"--logging.level.root=trace");

		assertThat(output).contains("TRACE", "gateway.access.teams[0].token (argument --gateway.access.teams[0].token)")
			.doesNotContain("canary");
	}

	@Test
	void startWhenTeamsHaveAGapTellsNoValue(CapturedOutput output) {
		assertDoesNotStart(RESEARCH[0], RESEARCH[1], "--gateway.access.teams[2].name=canary");

		assertThat(output)
			.contains("The indexes of a list have a gap before gateway.access.teams[2].name.", "without gaps")
			.doesNotContain("canary");
	}

	private static void assertDoesNotStart(String... more) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		Stream<String> arguments = Stream.concat(Arrays.stream(more),
				Stream.of("--server.port=0", "--management.server.port=0", "--gateway.upstream.api-key=key"));

		assertThatException().isThrownBy(() -> application.run(arguments.toArray(String[]::new)));
	}

}
