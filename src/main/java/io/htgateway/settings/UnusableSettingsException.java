package io.htgateway.settings;

import java.util.List;

/**
 * The configuration cannot be used, so the gateway does not start.
 */
@SuppressWarnings("serial")
final class UnusableSettingsException extends RuntimeException {

	private final List<String> problems;

	/**
	 * Fails for the given reasons, which show no value that may be a secret.
	 */
	UnusableSettingsException(List<String> problems) {
		super(String.join("; ", problems));
		this.problems = List.copyOf(problems);
	}

	List<String> problems() {
		return problems;
	}

}
