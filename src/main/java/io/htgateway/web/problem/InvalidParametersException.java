package io.htgateway.web.problem;

import java.util.List;

/**
 * Rejection of a request with invalid parameters. It names all of them.
 */
@SuppressWarnings("serial")
public final class InvalidParametersException extends RuntimeException {

	private final List<ParameterError> errors;

	/**
	 * Creates an exception for the given errors.
	 */
	public InvalidParametersException(List<ParameterError> errors) {
		// No stack trace: nobody reads it, and a client can cause any number of them.
		super("invalid parameters", null, false, false);
		this.errors = List.copyOf(errors);
	}

	/**
	 * Returns all errors, in the order of the request.
	 */
	public List<ParameterError> errors() {
		return errors;
	}

}
