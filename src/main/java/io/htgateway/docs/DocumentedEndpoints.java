package io.htgateway.docs;

import java.util.List;
import java.util.Objects;

import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.web.ProblemRenderer;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds all mirrored endpoints to the API document: the document of each, the headers
 * common to all, and the problems with examples that are rendered as in a real response.
 */
@Component
class DocumentedEndpoints implements OpenApiCustomizer {

	private static final String MEDIA_TYPE = "application/problem+json";

	private static final String SCHEMA = "#/components/schemas/Problem";

	private final ProblemRenderer problems;

	private final JsonMapper json;

	private final List<MirroredEndpoint<?>> endpoints;

	DocumentedEndpoints(ProblemRenderer problems, JsonMapper json, List<MirroredEndpoint<?>> endpoints) {
		this.problems = problems;
		this.json = json;
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
		add(responses, invalid.problem(), invalid.path());
		String path = InvalidRequest.path(template, operation);
		ApiResponse unknown = declared.get("404");
		DocumentedProblem
			.all(endpoint.description(), endpoint.document().mediaTypes(),
					(unknown != null) ? unknown.getDescription() : null)
			.forEach((problem) -> add(responses, problem,
					problem.status().equals("404") ? InvalidRequest.unknownPath(template, operation) : path));
		operation.setResponses(responses);
	}

	private void add(ApiResponses responses, DocumentedProblem problem, String path) {
		ApiResponse response = responses.computeIfAbsent(problem.status(), DocumentedEndpoints::problem);
		String line = problem.line();
		if (!response.getDescription().contains(line)) {
			response.setDescription((response.getDescription() + '\n' + line).strip());
		}
		Object example = json.readValue(problems.render(problem.problem(), path, "5f2b8c1e-1").body(), Object.class);
		Objects.requireNonNull(response.getContent().get(MEDIA_TYPE))
			.addExamples(problem.name(), new Example().summary(problem.problem().detail()).value(example));
	}

	private static ApiResponse problem(String status) {
		ApiResponse response = new ApiResponse().description("")
			.content(new Content().addMediaType(MEDIA_TYPE, new MediaType().schema(new Schema<>().$ref(SCHEMA))));
		DocumentedHeaders.ofProblems(status).forEach(response::addHeaderObject);
		return response;
	}

}
