package io.htgateway.web;

import java.util.List;

/**
 * A request with wrong parameters, all of them named.
 */
@SuppressWarnings("serial")
final class InvalidParametersException extends RuntimeException {

	private final List<ParameterError> errors;

	InvalidParametersException(List<ParameterError> errors) {
		super("wrong parameters");
		this.errors = List.copyOf(errors);
	}

	List<ParameterError> errors() {
		return errors;
	}

}
