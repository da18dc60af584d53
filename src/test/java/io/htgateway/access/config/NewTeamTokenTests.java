package io.htgateway.access.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.GatewayApplication;
import io.htgateway.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * Tests of {@link NewTeamToken}.
 */
@ExtendWith(OutputCaptureExtension.class)
class NewTeamTokenTests {

	@Test
	void mainWhenAskedForTokenPrintsItWithItsEntryAndStartsNothing(CapturedOutput output) {
		GatewayApplication.main(new String[] { "--new-team-token=research" });

		List<String> lines = output.toString().lines().toList();
		String token = lines.stream().filter((line) -> line.startsWith("htgw_")).findFirst().orElseThrow();
		assertThat(token).matches("htgw_[A-Za-z0-9_-]{43}");
		assertThat(lines).containsSequence("      - name: \"research\"", "        tokens:",
				"          - sha256: \"" + TokenHash.of(Secret.of(token)).hex() + "\"");
		assertThat(output).doesNotContain("Starting", "INFO");
	}

	@Test
	void runCreatesAnotherTokenEachTime() {
		assertThat(NewTeamToken.run("--new-team-token=research"))
			.isNotEqualTo(NewTeamToken.run("--new-team-token=research"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--new-team-token", "--new-team-token=", "--new-team-token=Re search",
			"--new-team-token=anonymous" })
	void runWhenNameIsInvalidExplainsUsage(String argument) {
		assertThat(NewTeamToken.run(argument)).get()
			.isInstanceOf(NewTeamToken.Result.WrongUsage.class)
			.extracting(NewTeamToken.Result::text, STRING)
			.startsWith("Usage: --new-team-token=<team>")
			.doesNotContain("htgw_");
	}

	@Test
	void runWithATimePrintsWhenTheTokenExpires() {
		assertThat(run("--not-after=2026-11-02T10:00:01Z", "--new-team-token=research"))
			.endsWith("\"\n            not-after: \"2026-11-02T10:00:01Z\"\n");
		assertThat(run("--new-team-token=research")).doesNotContain("not-after");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--not-after=2026-12-31 | must be a time in ISO 8601 with its offset",
					"--not-after | must be a time", "--not-after=2026-11-02T10:00:00Z | must be in the future",
					"--notafter=2026-12-31T00:00:00Z | there are no other options" })
	void runWhenTheTimeIsInvalidExplainsUsage(String argument, String reason) {
		assertThat(run("--new-team-token=research", argument)).contains("Usage: --new-team-token=<team>", reason)
			.doesNotContain("htgw_");
	}

	@Test
	void runWithATimeAloneExplainsUsage() {
		assertThat(run("--not-after=2026-12-31T00:00:00Z")).endsWith("; --not-after needs --new-team-token");
	}

	private static String run(String... arguments) {
		return NewTeamToken.run(InstantSource.fixed(Instant.parse("2026-11-02T10:00:00Z")), arguments)
			.orElseThrow()
			.text();
	}

	@Test
	void processWhenNameIsInvalidFailsAndStartsNothing() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), GatewayApplication.class.getName(), "--new-team-token=Re search")
			.redirectErrorStream(true)
			.start();

		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isEqualTo(2);
		assertThat(said).startsWith("Usage: --new-team-token=<team>").hasLineCount(1);
	}

	@Test
	void runWithoutTheOptionReturnsNothing() {
		assertThat(NewTeamToken.run("--server.port=8080", "--new-team-tokens=1")).isEmpty();
	}

}
