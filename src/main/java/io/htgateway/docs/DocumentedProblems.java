package io.htgateway.docs;

import java.util.Objects;

import io.htgateway.web.ProblemRenderer;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents the problems of an operation, with examples that are rendered as in a real
 * response.
 */
@Component
public class DocumentedProblems {

	private static final String MEDIA_TYPE = "application/problem+json";

	private static final String SCHEMA = "#/components/schemas/Problem";

	private final ProblemRenderer problems;

	private final JsonMapper json;

	DocumentedProblems(ProblemRenderer problems, JsonMapper json) {
		this.problems = problems;
		this.json = json;
	}

	/**
	 * Adds the problem for a failure to the responses of an operation.
	 * @param name name of the example
	 * @param meaning cause and remedy of all problems with this status and type
	 * @param path path of the example's request
	 */
	public void add(ApiResponses responses, String name, Throwable failure, String meaning, String path) {
		add(responses, DocumentedProblem.of(name, failure, meaning), path);
	}

	/**
	 * Adds the problems of a request without a team: it has no valid token, or a JWT that
	 * names no team.
	 */
	public void addWithoutTeam(ApiResponses responses, String path) {
		add(responses, DocumentedProblem.unauthenticated(), path);
		add(responses, DocumentedProblem.unknownTeam(), path);
	}

	/**
	 * Adds the problem of a request with another method than GET and HEAD.
	 */
	public void addMethodNotAllowed(ApiResponses responses, String path) {
		add(responses, DocumentedProblem.methodNotAllowed(), path);
	}

	/**
	 * Adds the problem of a request that fails because the gateway has a fault.
	 */
	public void addInternalError(ApiResponses responses, String path) {
		add(responses, DocumentedProblem.internalError(), path);
	}

	void add(ApiResponses responses, DocumentedProblem problem, String path) {
		ApiResponse response = responses.computeIfAbsent(problem.status(), DocumentedProblems::problem);
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
