package io.htgateway.stream.web;

import java.time.Duration;
import java.util.List;

import io.htgateway.access.Extent;
import io.htgateway.access.Rights;
import io.htgateway.access.Scope;
import io.htgateway.access.TeamRefusal;
import io.htgateway.docs.DocumentedProblems;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Adds the stream to the API document.
 */
final class DocumentedStream implements OpenApiCustomizer {

	private final DocumentedProblems problems;

	DocumentedStream(DocumentedProblems problems) {
		this.problems = problems;
	}

	@Override
	public void customise(OpenAPI document) {
		// Read for each document: Springdoc may create it several times.
		Operation stream = EndpointDocument.readOperation("stream");
		ApiResponses responses = stream.getResponses();
		add(responses, "invalid-parameters",
				new InvalidParametersException(
						List.of(new ParameterError("min-value", StreamQuery.VALUE_EXPECTATION, "1e6"))),
				"A parameter is invalid or unknown, or `Last-Event-ID` is not an id. Correct the request.");
		add(responses, "unauthenticated", new TeamRefusal.Unauthenticated(false),
				"The token is missing, unknown, expired or revoked. Send your team's token.");
		add(responses, "endpoint-not-allowed", new TeamRefusal.EndpointNotAllowed("research", "fills", "risk"),
				"Your team may not use fills. Ask the gateway's operators to add `fills` to your team's `endpoints`.");
		add(responses, "data-not-allowed", notAllowed(),
				"Your team may read only some coins. Send the parameter `coin` with one of them.");
		add(responses, "method-not-allowed",
				new MethodNotAllowedException(HttpMethod.POST, List.of(HttpMethod.GET, HttpMethod.HEAD)),
				"Send GET or HEAD.");
		add(responses, "not-acceptable", new NotAcceptableStatusException(StreamHandler.TYPES),
				"`Accept` excludes both forms. Send no `Accept`, or the type that you want.");
		add(responses, "quota-exceeded", new TeamRefusal.QuotaExceeded(600, Duration.ofSeconds(1)),
				"Your team has used up its requests of this minute, or has too many open streams; `detail` says which."
						+ " Retry after the seconds in `Retry-After`.");
		add(responses, "too-many-streams", new TeamRefusal.TooManyStreams(100, Duration.ofSeconds(5)),
				"Your team has used up its requests of this minute, or has too many open streams; `detail` says which."
						+ " Retry after the seconds in `Retry-After`.");
		add(responses, "internal-error", new IllegalStateException(),
				"The gateway has a fault. Report `requestId` to its operators, who find it in the log.");
		add(responses, "unavailable", StreamSlots.unavailable(),
				"The gateway has too many open streams. Retry after the seconds in `Retry-After`.");
		document.path(StreamHandler.ROUTE, new PathItem().get(stream));
	}

	private static TeamRefusal notAllowed() {
		return Rights.of(null, List.of("BTC", "SOL"), null)
			.refusal("research", new Scope(StreamQuery.ENDPOINT, new Extent.All("coin"), Extent.NONE))
			.orElseThrow();
	}

	private void add(ApiResponses responses, String name, Throwable failure, String meaning) {
		problems.add(responses, name, failure, meaning, StreamHandler.ROUTE);
	}

}
