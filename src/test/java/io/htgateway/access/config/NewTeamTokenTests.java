package io.htgateway.access.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.htgateway.GatewayApplication;
import io.htgateway.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
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
		assertThat(lines).contains("      - name: \"research\"",
				"        token-sha256: \"" + TokenHash.of(Secret.of(token)).hex() + "\"");
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
			.isInstanceOf(NewTeamToken.Result.InvalidName.class)
			.extracting(NewTeamToken.Result::text, STRING)
			.startsWith("Usage: --new-team-token=<team>")
			.doesNotContain("htgw_");
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
