package io.htgateway.upstream;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains at start, instead of a stack trace, that the API key is missing or unusable.
 */
final class UnusableApiKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnusableApiKeyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableApiKeyException cause) {
		return new FailureAnalysis(
				cause.getMessage() + " The gateway calls HyperTracker with one key of your organisation"
						+ " and does not start without it.",
				"Set the environment variable HYPERTRACKER_API_KEY (or the property gateway.upstream.api-key) to the key"
						+ " of your HyperTracker plan, or gateway.upstream.api-key-file to a file with the key alone. To look around without a key, run the gateway before a simulated"
						+ " HyperTracker: mvn spring-boot:test-run",
				cause);
	}

}
