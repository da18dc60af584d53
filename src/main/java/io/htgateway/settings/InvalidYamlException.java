package io.htgateway.settings;

/**
 * A file of the configuration is not YAML, so the gateway does not start.
 */
@SuppressWarnings("serial")
public final class InvalidYamlException extends RuntimeException {

	/**
	 * Fails for the given reason, which shows nothing of the file.
	 */
	InvalidYamlException(String problem) {
		super(problem);
	}

}
