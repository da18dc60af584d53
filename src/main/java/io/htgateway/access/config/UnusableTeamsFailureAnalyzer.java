package io.htgateway.access.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports an unusable list of teams at startup, instead of a stack trace.
 */
final class UnusableTeamsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableTeamsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableTeamsException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
