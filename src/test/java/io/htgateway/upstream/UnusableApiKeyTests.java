package io.htgateway.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import io.htgateway.GatewayApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of the texts that an operator sees when the API key is missing or unusable.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusableApiKeyTests {

	private static final String ADVICE = "Set the environment variable HYPERTRACKER_API_KEY"
			+ " (or the property gateway.upstream.api-key) to the key of your HyperTracker plan,"
			+ " or gateway.upstream.api-key-file to a file that contains only the key.";

	@ParameterizedTest
	@ValueSource(strings = { "", "  \t " })
	void startWhenKeyIsMissingExplainsIt(String key, CapturedOutput output) {
		assertDoesNotStart(key);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("No HyperTracker API key is configured.")
			.containsOnlyOnce(ADVICE)
			.doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "canary 5d1f", "canary\u00e95d1f", "canary\n5d1f", "canary\u00005d1f", "canary5d1f\u200b" })
	void startWhenKeyIsMalformedExplainsItWithoutShowingTheKey(String key, CapturedOutput output) {
		assertDoesNotStart(key);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("has a line break, a space, a control or a non-ASCII character: it must be one key on one line.",
					"Correct HYPERTRACKER_API_KEY")
			.doesNotContain("\tat ")
			.doesNotContain("canary")
			.doesNotContain("5d1f");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~',
			value = { "Bearer canary5d1f,without Bearer", "bearer  canary5d1f,without Bearer",
					"BEARER:canary5d1f,without Bearer", "\"Bearer canary5d1f\",without Bearer", "Bearer,without Bearer",
					"\"canary5d1f\",without quotes", "'canary5d1f',without quotes", "`canary5d1f`,without quotes",
					"canary5d1f\",without quotes", "\u201ccanary5d1f\u201d,without quotes",
					"Authorization: Bearer canary5d1f,give only the key",
					"authorization:canary5d1f,without \"Authorization: Bearer\"",
					"\"Authorization: Bearer canary5d1f\",without \"Authorization: Bearer\"",
					"Authorization=Bearer canary5d1f,without \"Authorization: Bearer\"",
					"-H 'Authorization: Bearer canary5d1f',without \"Authorization: Bearer\"" })
	void startWhenKeyHasMoreThanTheKeyExplainsIt(String key, String advice, @TempDir Path directory,
			CapturedOutput output) throws IOException {
		assertDoesNotStart(key);
		assertDoesNotStart("",
				"--gateway.upstream.api-key-file=" + Files.writeString(directory.resolve("key"), key + "\n"));

		assertThat(output)
			.contains("gateway.upstream.api-key (environment variable HYPERTRACKER_API_KEY) ",
					"The file of gateway.upstream.api-key-file, ")
			.contains(advice)
			.doesNotContain("canary")
			.doesNotContain("5d1f");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<your-key>", "<YOUR API KEY>", "changeme", "CHANGE_ME", "change-me", "your-api-key",
			"YOUR_API_KEY", "your-key-here", "your_hypertracker_api_key", "my-api-key", "xxx", "XXXXXXXX", "...", "***",
			"${HYPERTRACKER_API_KEY:", "$HYPERTRACKER_API_KEY", "{{ key }}", "TODO", "replace-me", "api-key",
			"insert-key-here", "none", "null", "placeholder" })
	void startWhenKeyIsAPlaceholderExplainsIt(String key, @TempDir Path directory, CapturedOutput output)
			throws IOException {
		Path file = Files.writeString(directory.resolve("file"), key + "\n");
		assertDoesNotStart("", "--gateway.upstream.api-key-file=" + file);

		assertThat(output).contains("The file of gateway.upstream.api-key-file, " + file
				+ ", is the placeholder of an example: give the key of your HyperTracker plan.");
	}

	@Test
	void startWhenKeyIsGivenTwiceExplainsIt(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path file = Files.writeString(directory.resolve("key"), "canary-file-5d1f");
		assertDoesNotStart("canary-key-5d1f", "--gateway.upstream.api-key-file=" + file);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("Both gateway.upstream.api-key (or HYPERTRACKER_API_KEY) and gateway.upstream.api-key-file are")
			.contains("Remove one of them.")
			.doesNotContain("canary");
	}

	@ParameterizedTest
	@CsvSource({ "'', is empty", "canary 5d1f, has a line break" })
	void startWhenFileOfKeyIsBadExplainsIt(String content, String reason, @TempDir Path directory,
			CapturedOutput output) throws IOException {
		Path file = Files.writeString(directory.resolve("key"), content);
		assertDoesNotStart("", "--gateway.upstream.api-key-file=" + file);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("The file of gateway.upstream.api-key-file, " + file + ", " + reason)
			.doesNotContain("canary");
	}

	@Test
	void startWhenKeyItselfIsTakenForItsFileDoesNotShowIt(CapturedOutput output) {
		assertDoesNotStart("", "--gateway.upstream.api-key-file=canary5d1f");

		assertThat(output).contains("gateway.upstream.api-key-file must be the path of a file with the key")
			.doesNotContain("canary");
	}

	@Test
	void analyzeSaysWhatIsWrongAndWhatToDo() {
		UnusableApiKeyException failure = new UnusableApiKeyException("This is wrong.", "Do this.");

		@Nullable FailureAnalysis analysis = new UnusableApiKeyFailureAnalyzer(null)
			.analyze(new IllegalStateException("outer", failure));

		assertThat(analysis).isNotNull()
			.extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction, FailureAnalysis::getCause)
			.satisfies((parts) -> {
				assertThat(parts.get(0)).asString().isEqualTo("This is wrong.");
				assertThat(parts.get(1)).asString().isEqualTo("Do this.");
				assertThat(parts.get(2)).isSameAs(failure);
			});
	}

	@Test
	void analyzeWhenFailureIsAnotherIsNull() {
		assertThat(new UnusableApiKeyFailureAnalyzer(null).analyze(new IllegalStateException("another"))).isNull();
	}

	private static void assertDoesNotStart(String key, String... more) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		Stream<String> arguments = Stream.concat(Arrays.stream(more),
				Stream.of("--server.port=0", "--management.server.port=0", "--gateway.upstream.api-key=" + key));

		assertThatException().isThrownBy(() -> application.run(arguments.toArray(String[]::new)))
			.havingRootCause()
			.isInstanceOf(UnusableApiKeyException.class);
	}

}
