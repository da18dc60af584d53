package io.htgateway.web;

import java.util.List;

import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Invalid parameters for tests of the queries of features.
 */
public final class RefusedParameters {

	private RefusedParameters() {
	}

	/**
	 * Returns all parameters that the given code rejects; empty if it accepts them.
	 */
	public static List<ParameterError> by(ThrowingCallable query) {
		InvalidParametersException refusal = catchThrowableOfType(InvalidParametersException.class, query);
		return (refusal != null) ? refusal.errors() : List.of();
	}

}
