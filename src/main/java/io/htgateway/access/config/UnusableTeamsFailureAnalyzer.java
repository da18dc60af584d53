package io.htgateway.access.config;

import io.htgateway.settings.PropertyLocation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Reports unusable teams, or that nobody may call, at startup, instead of a stack trace.
 */
final class UnusableTeamsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableTeamsException> {

	private final @Nullable Environment environment;

	UnusableTeamsFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableTeamsException cause) {
		return new FailureAnalysis(PropertyLocation.in(environment, String.valueOf(cause.getMessage())), cause.action(),
				cause);
	}

}
