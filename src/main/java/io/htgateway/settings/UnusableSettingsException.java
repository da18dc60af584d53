package io.htgateway.settings;

import java.util.List;

/**
 * The configuration is invalid, so the gateway does not start.
 */
@SuppressWarnings("serial")
public final class UnusableSettingsException extends RuntimeException {

	private final List<String> problems;

	/**
	 * Creates the failure.
	 * @param problems sentences that show no value that may be a secret
	 */
	public UnusableSettingsException(List<String> problems) {
		super(String.join("; ", problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Creates the failure.
	 * @param problem sentence that shows no value that may be a secret. If it begins with
	 * a property, the report adds where that is set.
	 */
	public UnusableSettingsException(String problem) {
		this(List.of(problem));
	}

	public List<String> problems() {
		return problems;
	}

}
