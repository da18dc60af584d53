package io.htgateway.settings.failure;

import io.htgateway.settings.InvalidYamlException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains at start which file of the configuration is not YAML, and where.
 */
final class YamlFailureAnalyzer extends AbstractFailureAnalyzer<InvalidYamlException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidYamlException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct the file. Each level is indented by two spaces and not by tabs, each name stands once in its section, and a"
						+ " colon is followed by a space.",
				cause);
	}

}
