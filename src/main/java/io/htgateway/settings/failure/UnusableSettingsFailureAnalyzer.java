package io.htgateway.settings.failure;

import java.util.stream.Collectors;

import io.htgateway.settings.PropertyLocation;
import io.htgateway.settings.UnusableSettingsException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Reports invalid settings at startup, instead of a stack trace.
 */
final class UnusableSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableSettingsException> {

	/**
	 * Action for invalid settings of the gateway.
	 */
	static final String ACTION = "Correct each setting named above, or remove it to use its default."
			+ " docs/configuration.md lists all properties with their defaults.";

	/**
	 * Action for invalid settings of the framework.
	 */
	static final String FRAMEWORK_ACTION = "Correct the setting named above, or remove it to use its default.";

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
