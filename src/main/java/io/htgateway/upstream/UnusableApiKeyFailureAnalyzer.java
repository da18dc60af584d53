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
 * Explains at start, instead of a stack trace, that the API key is missing or unusable.
 */
final class UnusableApiKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnusableApiKeyException> {

	private static final String VARIABLE = "HYPERTRACKER_API_KEY";

	private static final LevenshteinDistance MISSPELT = new LevenshteinDistance(3);

	private final @Nullable Environment environment;

	UnusableApiKeyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableApiKeyException cause) {
		String message = String.valueOf(cause.getMessage());
		String description = cause.isMissing() ? missing(message) : message;
		Optional<String> misspelt = misspelt().filter((name) -> cause.isMissing());
		return new FailureAnalysis(
				misspelt.map((name) -> "%s is set but not read; did you mean %s?".formatted(name, VARIABLE))
					.orElse(description),
				misspelt.map((name) -> "Rename the variable to " + VARIABLE + ".").orElse(cause.action()), cause);
	}

	private String missing(String message) {
		return (environment != null && environment.containsProperty(VARIABLE)) ? VARIABLE + " is set but blank."
				: message;
	}

	private Optional<String> misspelt() {
		if (!(environment instanceof ConfigurableEnvironment variables) || environment.containsProperty(VARIABLE)) {
			return Optional.empty();
		}
		return variables.getSystemEnvironment()
			.keySet()
			.stream()
			.filter((name) -> MISSPELT.apply(form(name), form(VARIABLE)) >= 0)
			.min(Comparator.naturalOrder());
	}

	private static String form(String name) {
		return name.replace("_", "");
	}

}
