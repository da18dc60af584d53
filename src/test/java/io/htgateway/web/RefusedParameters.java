package io.htgateway.web;

import java.util.List;

import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Shows tests of the features' queries which parameters were refused.
 */
public final class RefusedParameters {

	private RefusedParameters() {
	}

	/**
	 * The parameters that the given code refuses, all at once; none when it takes them.
	 */
	public static List<ParameterError> by(ThrowingCallable query) {
		InvalidParametersException refusal = catchThrowableOfType(InvalidParametersException.class, query);
		return (refusal != null) ? refusal.errors() : List.of();
	}

}
