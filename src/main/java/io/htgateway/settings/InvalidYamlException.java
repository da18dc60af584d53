package io.htgateway.settings;

/**
 * A configuration file is not valid YAML, so the gateway does not start.
 */
@SuppressWarnings("serial")
public final class InvalidYamlException extends RuntimeException {

	/**
	 * Creates the failure.
	 * @param problem sentence that names the file and shows none of its content
	 */
	InvalidYamlException(String problem) {
		super(problem);
	}

}
