package io.htgateway.usage;

import java.time.Duration;
import java.util.List;

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
import org.springframework.http.MediaType;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Adds the operation of the usage to the API document.
 */
final class DocumentedUsage implements OpenApiCustomizer {

	private final DocumentedProblems problems;

	DocumentedUsage(DocumentedProblems problems) {
		this.problems = problems;
	}

	@Override
	public void customise(OpenAPI document) {
		// Read for each document: Springdoc may create it several times.
		Operation usage = EndpointDocument.readOperation("usage");
		ApiResponses responses = usage.getResponses();
		add(responses, "invalid-parameters",
				new InvalidParametersException(List
					.of(new ParameterError("team", "is not a parameter of this endpoint; allowed: none", "trading"))),
				"The operation has no parameters. A team can read only its own usage.");
		problems.addWithoutTeam(responses, UsageHandler.ROUTE);
		problems.addMethodNotAllowed(responses, UsageHandler.ROUTE);
		add(responses, "not-acceptable", new NotAcceptableStatusException(List.of(MediaType.APPLICATION_JSON)),
				"`Accept` excludes the response. Send no `Accept`, or `application/json`.");
		add(responses, "quota-exceeded",
				TeamRefusal.QuotaExceeded.ofUsage(ReportLimits.PER_MINUTE, Duration.ofSeconds(1)),
				"Your team has read its usage 60 times in a minute. Retry after the seconds in `Retry-After`.");
		problems.addInternalError(responses, UsageHandler.ROUTE);
		add(responses, "unavailable", Usages.unavailable(),
				"The count that the replicas share is unavailable. Retry after the seconds in `Retry-After`.");
		document.path(UsageHandler.ROUTE, new PathItem().get(usage));
	}

	private void add(ApiResponses responses, String name, Throwable failure, String meaning) {
		problems.add(responses, name, failure, meaning, UsageHandler.ROUTE);
	}

}
