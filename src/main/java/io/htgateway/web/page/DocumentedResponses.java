package io.htgateway.web.page;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.CacheRefusal;
import io.htgateway.teams.TeamRefusal;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamRefusal;
import io.htgateway.web.ProblemRenderer;
import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import io.htgateway.web.problem.Problem;
import io.htgateway.web.problem.ProblemDetails;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents what every mirrored endpoint can answer beside its own body: headers, and
 * problems with the examples that the error contract itself gives.
 */
@Component
class DocumentedResponses implements OpenApiCustomizer {

	private static final String MEDIA_TYPE = "application/problem+json";

	private static final String SCHEMA = "#/components/schemas/Problem";

	private static final Map<String, String> HEADERS = Map.of("Age", "Seconds since the response was made",
			"Cache-Control", "`max-age` with the freshness lifetime, or `no-store`", "Cache-Status",
			"Where the response came from (RFC 9211)", "Date", "When the upstream gave the response", "ETag",
			"Validator for `If-None-Match`");

	private final ProblemRenderer problems;

	private final JsonMapper json;

	DocumentedResponses(ProblemRenderer problems, JsonMapper json) {
		this.problems = problems;
		this.json = json;
	}

	@Override
	public void customise(OpenAPI document) {
		ModelConverters.getInstance(true).readAll(Problem.class).forEach(document.getComponents()::addSchemas);
		document.getPaths().forEach((path, item) -> {
			Operation operation = item.getGet();
			ApiResponse answer = Objects.requireNonNull(operation.getResponses().get("200"));
			HEADERS.forEach((name, meaning) -> answer.addHeaderObject(name,
					new Header().description(meaning).schema(new StringSchema())));
			operation.getResponses()
				.addApiResponse("304", new ApiResponse().description("The client has the response already"));
			failures().forEach((meaning, failure) -> document(operation, path, meaning, ProblemDetails.of(failure)));
		});
	}

	private void document(Operation operation, String path, String meaning, ProblemDetails problem) {
		String status = Integer.toString(problem.status().value());
		Object example = json.readValue(problems.render(problem, path, "5f2b8c1e-1").body(), Object.class);
		ApiResponse response = operation.getResponses().get(status);
		if (response == null) {
			response = new ApiResponse().description(problem.title())
				.content(new Content().addMediaType(MEDIA_TYPE, new MediaType().schema(new Schema<>().$ref(SCHEMA))));
			operation.getResponses().addApiResponse(status, response);
		}
		Objects.requireNonNull(response.getContent().get(MEDIA_TYPE))
			.addExamples(meaning, new Example().summary(problem.title()).value(example));
	}

	private static Map<String, Throwable> failures() {
		Map<String, Throwable> failures = new LinkedHashMap<>();
		failures.put("invalid-parameters", new InvalidParametersException(
				List.of(new ParameterError("limit", "must be an integer from 1 to 500", "0"))));
		failures.put("unauthenticated", new TeamRefusal.Unauthenticated(false));
		failures.put("quota-exceeded", new TeamRefusal.QuotaExceeded(600, Duration.ofSeconds(1)));
		failures.put("share-spent", BudgetExhausted.ofShare("month", Duration.ofHours(2)));
		failures.put("rejected-request", new UpstreamException.Rejected(400, "start is too long ago"));
		failures.put("unknown", new UpstreamException.Rejected(404, "Coin not found"));
		failures.put("method-not-allowed",
				new MethodNotAllowedException(HttpMethod.POST, List.of(HttpMethod.GET, HttpMethod.HEAD)));
		failures.put("not-acceptable",
				new NotAcceptableStatusException(List.of(org.springframework.http.MediaType.APPLICATION_JSON)));
		failures.put("rejected-content", new UpstreamException.Rejected(422, "coin has no liquidations"));
		failures.put("internal-error", new IllegalStateException());
		failures.put("upstream-failed", new UpstreamException.Failed(500));
		failures.put("upstream-credentials-refused", new UpstreamException.CredentialsRefused(401));
		failures.put("budget-exhausted", new BudgetExhausted("month", Duration.ofDays(2)));
		failures.put("rate-limited", new UpstreamException.RateLimited(Duration.ofSeconds(42)));
		failures.put("cooling-down", new UpstreamRefusal.CoolingDown(Duration.ofSeconds(42)));
		failures.put("upstream-fails", new UpstreamRefusal.BreakerOpen(Duration.ofSeconds(10)));
		failures.put("upstream-timed-out", new UpstreamException.TimedOut(new IOException()));
		failures.put("not-cached", new CacheRefusal.NotCached());
		return failures;
	}

}
