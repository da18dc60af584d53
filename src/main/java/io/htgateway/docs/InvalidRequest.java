package io.htgateway.docs;

import java.util.List;
import java.util.Map;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;

/**
 * Example of a request that an operation rejects, derived from the documented limits of
 * its parameters.
 *
 * @param path path of the request
 * @param error the invalid parameter
 */
record InvalidRequest(String path, ParameterError error) {

	private static final String MEANING = "A parameter is invalid or unknown. `errors` names each one with the rule that it"
			+ " breaks. Correct the request.";

	private static final ParameterError UNKNOWN = new ParameterError("page", "is not a parameter of this endpoint",
			"2");

	private static final String INVALID_COIN = "BTC-USD";

	private static final String UNKNOWN_COIN = "NOPE";

	/**
	 * Returns a request with a <code>limit</code> that is one too large, or with an
	 * invalid coin, or with an unknown parameter, whichever the operation allows first.
	 */
	static InvalidRequest of(String template, Operation operation) {
		for (Parameter parameter : operation.getParameters()) {
			if (parameter.getName().equals("limit") && parameter.getSchema().getMaximum() != null) {
				return new InvalidRequest(path(template, operation), ofLimit(parameter.getSchema()));
			}
		}
		return hasCoinAlone(operation)
				? new InvalidRequest(template.replace("{coin}", INVALID_COIN),
						new ParameterError("coin", RequestParameters.COIN_EXPECTATION, INVALID_COIN))
				: new InvalidRequest(path(template, operation), UNKNOWN);
	}

	private static boolean hasCoinAlone(Operation operation) {
		List<Parameter> parameters = operation.getParameters();
		return parameters.size() == 1 && parameters.getFirst().getName().equals("coin")
				&& parameters.getFirst().getExamples() != null;
	}

	/**
	 * Returns a path whose data HyperTracker does not have.
	 */
	static String unknownPath(String template, Operation operation) {
		return path(template.replace("{coin}", UNKNOWN_COIN), operation);
	}

	/**
	 * Returns the path with the first example of each variable.
	 */
	static String path(String template, Operation operation) {
		String path = template;
		for (Parameter parameter : operation.getParameters()) {
			path = path.replace('{' + parameter.getName() + '}', String.valueOf(example(parameter)));
		}
		return path;
	}

	private static Object example(Parameter parameter) {
		Map<String, Example> examples = parameter.getExamples();
		return (examples != null) ? examples.values().iterator().next().getValue() : parameter.getExample();
	}

	private static ParameterError ofLimit(Schema<?> schema) {
		int max = schema.getMaximum().intValueExact();
		return new ParameterError("limit",
				RequestParameters.integerExpectation(schema.getMinimum().intValueExact(), max),
				Integer.toString(max + 1));
	}

	/**
	 * Returns the problem that the gateway returns for this request.
	 */
	DocumentedProblem problem() {
		return DocumentedProblem.of("invalid-parameters", new InvalidParametersException(List.of(error)), MEANING);
	}

}
