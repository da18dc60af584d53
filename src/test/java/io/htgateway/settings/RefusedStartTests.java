package io.htgateway.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.htgateway.GatewayApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of the startup failures that an operator sees for an invalid configuration.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"gateway.risk.ttl=5 | gateway.risk.ttl (argument --gateway.risk.ttl) is 5, which has no unit: write 5s (seconds), 5m (minutes) or",
			"gateway.risk.ttl=500ms | gateway.risk.ttl (argument --gateway.risk.ttl) is \"500ms\" and must be 0s, or from 1s to 365d.",
			"gateway.risk.ttl=soon | is \"soon\" and must be a duration such as 30s, 5m or 1h.",
			"gateway.cache.max-size=much | is \"much\" and must be a size such as 512KB or 64MB",
			"gateway.cache.max-loads=0 | gateway.cache.max-loads (argument --gateway.cache.max-loads) is \"0\" and must be 1 or more.",
			"gateway.budget.plan=gold | must be one of free, pulse, surge, flow, stream, custom.",
			"gateway.access-log.outcomes=miss,mis | has \"mis\", which is not an outcome: use",
			"gateway.access-log.outcomes[1]=miss | gateway.access-log.outcomes",
			"gateway.budget.per-month=lots | is \"lots\" and must be a whole number without separators, such as 20.",
			"gateway.pacing.enabled=perhaps | is \"perhaps\" and must be true or false.",
			"gateway.risk.segments=1-99999 | gateway.risk.segments (argument --gateway.risk.segments) has 1-99999: ids must be from 1 to 99, such as 1-16",
			"gateway.upstream.base-url=https://host/api/external | write https://host.",
			"gateway.risk.tll=5s | is not a property of the gateway; did you mean gateway.risk.ttl?",
			"gatway.risk.ttl=5s | is not a property of the gateway; did you mean gateway.risk.ttl?",
			"gateway.cache.max-size= | gateway.cache.max-size (argument --gateway.cache.max-size) is empty: set a value, or remove it to use the default." })
	void startWhenASettingIsWrongSaysWhatIsRight(String argument, String text, CapturedOutput output) {
		assertDoesNotStart("--server.port=0", "--management.server.port=0", "--" + argument);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains(text)
			.doesNotContain("\tat ", "annotations =", "Binding to target");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"gateway.access.teams=canary-5d1f | must be a list, numbered from 0.",
			"gateway.access.teams[0].requests-per-minute=canary-5d1f | must be a whole number without separators, such as 20.",
			"gateway.upstream.api-key=canary-5d1f${gateway.upstream.api-key} | must be a value without unresolved or circular ${...} placeholders.",
			"gateway.access.teams[0].name.first=canary-5d1f | is not a property of the gateway",
			"gateway.84019273650918273645=canary-5d1f | A name that is not shown" })
	void startWhenASettingMayHaveATokenShowsNothingOfIt(String argument, String text, CapturedOutput output) {
		assertDoesNotStart("--server.port=0", "--management.server.port=0", "--" + argument);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains(text)
			.doesNotContain("canary", "5d1f", "84019273650918273645", "\tat ");
	}

	@Test
	void startWhenASectionIsEmptyHasItsDefaults(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("gateway.yaml"),
				"gateway:\n  risk:\n    # ttl: 5m\n  upstream:\n    api-key: key\n");
		SpringApplication application = new SpringApplication(GatewayApplication.class);

		try (ConfigurableApplicationContext context = application.run("--server.port=0", "--management.server.port=0",
				"--spring.config.additional-location=file:" + file)) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void startWhenPortIsTakenNamesTheProperty(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
			assertDoesNotStart("--management.server.port=0", "--server.port=" + taken.getLocalPort());

			assertThat(output).contains(
					"Port " + taken.getLocalPort() + " of server.port is in use by another process.",
					"set the environment variable SERVER_PORT to another port");
		}
	}

	@Test
	void startWhenPortOfOperatorsIsTakenNamesTheProperty(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
			assertDoesNotStart("--server.port=0", "--management.server.port=" + taken.getLocalPort());

			assertThat(output)
				.contains("Port " + taken.getLocalPort() + " of management.server.port is in use by another process.");
		}
	}

	@Test
	void startWhenYamlIsBrokenNamesTheFileAndTheLine(@TempDir Path directory, CapturedOutput output)
			throws IOException {
		Path file = Files.writeString(directory.resolve("gateway.yaml"), "gateway:\n  risk: {ttl: 5s\n  canary: 'a\n");
		System.setProperty("spring.config.additional-location", "file:" + file);
		try {
			assertDoesNotStart();
		}
		finally {
			System.clearProperty("spring.config.additional-location");
		}

		assertThat(output).contains(file + " is not valid YAML at line ")
			.doesNotContain("\tat ")
			.doesNotContain("canary");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"gateway:\\n  risk: {ttl: 5s\\n  canary: 'a\\n | is not valid YAML at line 3, column 9.",
			"gateway:\\n  risk:\\n    ttl: 5m #canary\\7\\n | has a control character (U+0007) in line 3, which YAML does not allow.",
			"gateway:\\n  upstream:\\n    api-key: canary\\344 | is not text in UTF-8: line 3 has another encoding.",
			"gateway.risk.ttl=5m\\ncanary=a | is a single text or list without property names, so no property is read from it.",
			"- gateway.risk.ttl: 5m\\n- canary | is a single text or list without property names, so no property is read from it.",
			"gateway: {access: {teams: &a [*a, canary]}} | is YAML without end: a list or section contains itself." })
	void startWhenAFileOfAnyWayIsNotYamlNamesIt(String content, String text, @TempDir Path directory,
			CapturedOutput output) throws IOException {
		Path broken = Files.write(directory.resolve("application-canary.yaml"),
				content.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
		Path importing = Files.writeString(directory.resolve("other.yml"),
				"spring.config.import: application-canary.yaml\n");
		String problem = "application-canary.yaml " + text;

		assertDoesNotStart("--spring.config.additional-location=file:" + broken);
		assertDoesNotStart("--spring.config.additional-location=file:" + importing);
		assertDoesNotStart("--spring.config.import=optional:file:" + broken);
		assertDoesNotStart("--spring.config.additional-location=file:" + directory + "/",
				"--spring.profiles.active=canary");

		assertThat(output.getAll().replace(directory + "/", "").lines().filter(problem::equals)).hasSize(4);
		assertThat(output.getAll().replace("application-canary", "")).doesNotContain("\tat ", "canary");
	}

	private static void assertDoesNotStart(String... more) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		Stream<String> arguments = Stream.concat(Stream.of("--gateway.upstream.api-key=key"), Stream.of(more));

		assertThatException().isThrownBy(() -> application.run(arguments.toArray(String[]::new)));
	}

}
