package io.htgateway.access.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains at start, instead of a stack trace, what is wrong with the list of teams.
 */
final class UnusableTeamsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableTeamsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableTeamsException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
