package io.htgateway.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains at start, instead of a stack trace, which settings are wrong.
 */
final class UnusableSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableSettingsException cause) {
		return new FailureAnalysis(String.join(System.lineSeparator(), cause.problems()),
				"Correct or remove what is named above. docs/configuration.md lists every property.", cause);
	}

}
