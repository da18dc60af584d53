package io.htgateway.web.problem;

import java.util.List;

/**
 * A request with wrong parameters, all of them named.
 */
@SuppressWarnings("serial")
public final class InvalidParametersException extends RuntimeException {

	private final List<ParameterError> errors;

	/**
	 * A refusal for the given errors.
	 */
	public InvalidParametersException(List<ParameterError> errors) {
		// Nobody looks at where, and a client may cause any number of them.
		super("wrong parameters", null, false, false);
		this.errors = List.copyOf(errors);
	}

	/**
	 * All errors that were found, in the order of the request.
	 */
	public List<ParameterError> errors() {
		return errors;
	}

}
