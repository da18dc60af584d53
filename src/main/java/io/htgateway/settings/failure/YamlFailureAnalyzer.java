package io.htgateway.settings.failure;

import io.htgateway.settings.InvalidYamlException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports a configuration file that is not valid YAML at startup, with the line.
 */
final class YamlFailureAnalyzer extends AbstractFailureAnalyzer<InvalidYamlException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidYamlException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct the file: indent each level by two spaces and not by tabs, write each name once in its"
						+ " section, and put a space after each colon, such as ttl: 5m.",
				cause);
	}

}
