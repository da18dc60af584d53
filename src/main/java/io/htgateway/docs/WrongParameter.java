package io.htgateway.docs;

import java.util.List;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;

/**
 * Example of a request that an operation refuses, made of the documented limits of its
 * parameters.
 *
 * @param path path of the request
 * @param error the wrong parameter
 */
record WrongParameter(String path, ParameterError error) {

	private static final String MEANING = "A parameter is wrong or unknown. `errors` names each of them and says what is"
			+ " right. Correct the request.";

	private static final ParameterError UNKNOWN = new ParameterError("page", "is not a parameter of this endpoint",
			"2");

	private static final String NO_COIN = "BTC-USD";

	private static final String UNKNOWN_COIN = "NOPE";

	/**
	 * The largest <code>limit</code> and one more, or a coin that is none, or an unknown
	 * parameter.
	 */
	static WrongParameter of(String template, Operation operation) {
		for (Parameter parameter : operation.getParameters()) {
			if (parameter.getName().equals("limit") && parameter.getSchema().getMaximum() != null) {
				return new WrongParameter(path(template, operation), ofLimit(parameter.getSchema()));
			}
		}
		return hasCoinAlone(operation)
				? new WrongParameter(template.replace("{coin}", NO_COIN),
						new ParameterError("coin", RequestParameters.COIN_EXPECTATION, NO_COIN))
				: new WrongParameter(path(template, operation), UNKNOWN);
	}

	private static boolean hasCoinAlone(Operation operation) {
		List<Parameter> parameters = operation.getParameters();
		return parameters.size() == 1 && parameters.getFirst().getName().equals("coin")
				&& "BTC".equals(parameters.getFirst().getExample());
	}

	/**
	 * Returns the path with data that HyperTracker does not have.
	 */
	static String unknownPath(String template, Operation operation) {
		return path(template.replace("{coin}", UNKNOWN_COIN), operation);
	}

	/**
	 * Returns the path with the examples of its variables.
	 */
	static String path(String template, Operation operation) {
		String path = template;
		for (Parameter parameter : operation.getParameters()) {
			path = path.replace('{' + parameter.getName() + '}', String.valueOf(parameter.getExample()));
		}
		return path;
	}

	private static ParameterError ofLimit(Schema<?> schema) {
		int max = schema.getMaximum().intValueExact();
		return new ParameterError("limit",
				RequestParameters.integerExpectation(schema.getMinimum().intValueExact(), max),
				Integer.toString(max + 1));
	}

	DocumentedProblem problem() {
		return DocumentedProblem.of("invalid-parameters", new InvalidParametersException(List.of(error)), MEANING);
	}

}
