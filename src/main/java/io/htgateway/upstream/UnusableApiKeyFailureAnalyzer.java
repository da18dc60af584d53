package io.htgateway.upstream;

import java.util.Comparator;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Explains a missing or unusable API key at startup, instead of a stack trace. Points out
 * environment variables whose name is misspelled.
 */
final class UnusableApiKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnusableApiKeyException> {

	private static final String VARIABLE = "HYPERTRACKER_API_KEY";

	private static final LevenshteinDistance MISSPELLING = new LevenshteinDistance(3);

	private final @Nullable Environment environment;

	UnusableApiKeyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableApiKeyException cause) {
		String message = String.valueOf(cause.getMessage());
		String description = cause.isMissing() ? missing(message) : message;
		Optional<String> misspelled = misspelled().filter((name) -> cause.isMissing());
		return new FailureAnalysis(
				misspelled.map((name) -> "%s is set but not read; did you mean %s?".formatted(name, VARIABLE))
					.orElse(description),
				misspelled.map((name) -> "Rename the variable to " + VARIABLE + ".").orElse(cause.action()), cause);
	}

	private String missing(String message) {
		return (environment != null && environment.containsProperty(VARIABLE)) ? VARIABLE + " is set but blank."
				: message;
	}

	private Optional<String> misspelled() {
		if (!(environment instanceof ConfigurableEnvironment variables) || environment.containsProperty(VARIABLE)) {
			return Optional.empty();
		}
		return variables.getSystemEnvironment()
			.keySet()
			.stream()
			.filter((name) -> MISSPELLING.apply(form(name), form(VARIABLE)) >= 0)
			.min(Comparator.naturalOrder());
	}

	private static String form(String name) {
		return name.replace("_", "");
	}

}
