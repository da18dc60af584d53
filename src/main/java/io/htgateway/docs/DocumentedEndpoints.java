package io.htgateway.docs;

import java.util.List;
import java.util.Objects;

import io.htgateway.endpoint.MirroredEndpoint;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Adds all mirrored endpoints to the API document: the document of each, the headers
 * common to all, and the problems with examples that are rendered as in a real response.
 */
@Component
@Order(0)
class DocumentedEndpoints implements OpenApiCustomizer {

	private final DocumentedProblems problems;

	private final List<MirroredEndpoint<?>> endpoints;

	DocumentedEndpoints(DocumentedProblems problems, List<MirroredEndpoint<?>> endpoints) {
		this.problems = problems;
		this.endpoints = endpoints;
	}

	@Override
	public void customise(OpenAPI document) {
		Paths paths = new Paths();
		for (MirroredEndpoint<?> endpoint : endpoints) {
			String path = endpoint.description().route();
			Operation operation = copy(endpoint.document().operation());
			document(endpoint, operation);
			paths.addPathItem(path, new PathItem().get(operation));
		}
		document.setPaths(paths);
	}

	// Springdoc may create the document again, so the original must not change.
	private static Operation copy(Operation operation) {
		return Json31.mapper().convertValue(operation, Operation.class);
	}

	private void document(MirroredEndpoint<?> endpoint, Operation operation) {
		String template = endpoint.description().route();
		ApiResponses declared = operation.getResponses();
		ApiResponse success = Objects.requireNonNull(declared.get("200"));
		success.setHeaders(DocumentedHeaders.with(success.getHeaders()));
		ApiResponses responses = new ApiResponses();
		responses.addApiResponse("200", success);
		responses.addApiResponse("304",
				new ApiResponse().description("The client's stored response is unchanged; sent without a body")
					.headers(DocumentedHeaders.ofUnchanged(success.getHeaders())));
		InvalidRequest invalid = InvalidRequest.of(template, operation);
		problems.add(responses, invalid.problem(), invalid.path());
		String path = InvalidRequest.path(template, operation);
		ApiResponse unknown = declared.get("404");
		DocumentedProblem
			.all(endpoint.description(), endpoint.document().mediaTypes(),
					(unknown != null) ? unknown.getDescription() : null)
			.forEach((problem) -> problems.add(responses, problem,
					problem.status().equals("404") ? InvalidRequest.unknownPath(template, operation) : path));
		operation.setResponses(responses);
	}

}
