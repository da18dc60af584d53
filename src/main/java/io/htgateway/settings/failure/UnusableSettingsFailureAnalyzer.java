package io.htgateway.settings.failure;

import java.util.stream.Collectors;

import io.htgateway.settings.PropertyLocation;
import io.htgateway.settings.UnusableSettingsException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains at start, instead of a stack trace, which settings are wrong.
 */
final class UnusableSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableSettingsException> {

	/**
	 * What to do about a property of the gateway.
	 */
	static final String ACTION = "Correct or remove it. docs/configuration.md lists every property with its default.";

	private final @Nullable Environment environment;

	UnusableSettingsFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableSettingsException cause) {
		return new FailureAnalysis(cause.problems()
			.stream()
			.map((problem) -> PropertyLocation.in(environment, problem))
			.collect(Collectors.joining(System.lineSeparator())), ACTION, cause);
	}

}
