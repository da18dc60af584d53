package io.htgateway.settings;

import java.util.List;

/**
 * The configuration cannot be used, so the gateway does not start.
 */
@SuppressWarnings("serial")
public final class UnusableSettingsException extends RuntimeException {

	private final List<String> problems;

	/**
	 * Fails for the given reasons, which show no value that may be a secret.
	 */
	UnusableSettingsException(List<String> problems) {
		super(String.join("; ", problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Fails for the given reason, which shows no value that may be a secret.
	 */
	public UnusableSettingsException(String problem) {
		this(List.of(problem));
	}

	public List<String> problems() {
		return problems;
	}

}
