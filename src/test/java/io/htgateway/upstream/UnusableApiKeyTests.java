package io.htgateway.upstream;

import io.htgateway.GatewayApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of what an operator sees who starts the gateway without a usable key.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusableApiKeyTests {

	private static final String ADVICE = "Set the environment variable HYPERTRACKER_API_KEY"
			+ " (or the property gateway.upstream.api-key) to the key of your HyperTracker plan.";

	@ParameterizedTest
	@ValueSource(strings = { "", "  \t " })
	void startWhenKeyIsMissingExplainsIt(String key, CapturedOutput output) {
		assertDoesNotStart(key);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("No HyperTracker API key is configured. The gateway calls HyperTracker with one key")
			.containsOnlyOnce(ADVICE)
			.doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "canary 5d1f", "canary\u00e95d1f", "canary\n5d1f", "Bearer canary5d1f", "canary\u00005d1f",
			"canary5d1f\u200b" })
	void startWhenKeyIsMalformedExplainsItWithoutShowingTheKey(String key, CapturedOutput output) {
		assertDoesNotStart(key);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("API key has white space or characters outside printable ASCII. The gateway calls HyperTracker")
			.containsOnlyOnce(ADVICE)
			.doesNotContain("\tat ")
			.doesNotContain("canary")
			.doesNotContain("5d1f");
	}

	@Test
	void analyzeSaysWhatIsWrongAndWhatToDo() {
		UnusableApiKeyException failure = new UnusableApiKeyException("This is wrong.");

		@Nullable FailureAnalysis analysis = new UnusableApiKeyFailureAnalyzer()
			.analyze(new IllegalStateException("outer", failure));

		assertThat(analysis).isNotNull()
			.extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction, FailureAnalysis::getCause)
			.satisfies((parts) -> {
				assertThat(parts.get(0)).asString().startsWith("This is wrong. ");
				assertThat(parts.get(1)).asString().startsWith(ADVICE).endsWith("mvn spring-boot:test-run");
				assertThat(parts.get(2)).isSameAs(failure);
			});
	}

	@Test
	void analyzeWhenFailureIsAnotherIsNull() {
		assertThat(new UnusableApiKeyFailureAnalyzer().analyze(new IllegalStateException("another"))).isNull();
	}

	private static void assertDoesNotStart(String key) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);

		assertThatException()
			.isThrownBy(() -> application.run("--server.port=0", "--management.server.port=0",
					"--gateway.upstream.api-key=" + key))
			.havingRootCause()
			.isInstanceOf(UnusableApiKeyException.class);
	}

}
