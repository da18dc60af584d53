package io.htgateway.history.web;

import java.time.Duration;
import java.util.List;

import io.htgateway.access.TeamRefusal;
import io.htgateway.docs.DocumentedProblems;
import io.htgateway.docs.DocumentedRefusals;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.history.read.StoreAvailability;
import io.htgateway.web.problem.DamagedSnapshotException;
import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;

/**
 * Adds the operations of the history to the API document, after the mirrored endpoints.
 */
final class DocumentedHistory implements OpenApiCustomizer {

	private static final String LIST = "/api/history/heatmap/BTC";

	private static final String SNAPSHOT = LIST + "/2026-11-27T05:30:00Z";

	private final DocumentedProblems problems;

	DocumentedHistory(DocumentedProblems problems) {
		this.problems = problems;
	}

	@Override
	public void customise(OpenAPI document) {
		// Read for each document: Springdoc may create it several times.
		Operation list = EndpointDocument.readOperation("history/list");
		add(list.getResponses(), LIST, LIST, ListHandler.TYPES,
				new ParameterError("limit", RequestParameters.integerExpectation(1, ListQuery.MAX_LIMIT), "1001"));
		Operation snapshot = EndpointDocument.readOperation("history/snapshot");
		String day = "2026-11-27";
		add(snapshot.getResponses(), SNAPSHOT, LIST + '/' + day, List.of(MediaType.APPLICATION_JSON),
				new ParameterError("time", HistoryTime.PATH_EXPECTATION, day));
		addMissingAndDamaged(snapshot.getResponses());
		document.path(ListHandler.ROUTE, new PathItem().get(list));
		document.path(SnapshotHandler.ROUTE, new PathItem().get(snapshot));
	}

	private void add(ApiResponses responses, String path, String invalidPath, List<MediaType> types,
			ParameterError invalid) {
		problems.add(responses, "invalid-parameters", new InvalidParametersException(List.of(invalid)),
				"A parameter is invalid or unknown. `errors` names each one with the rule that it breaks. Correct the"
						+ " request.",
				invalidPath);
		problems.addWithoutTeam(responses, path);
		problems.add(responses, "endpoint-not-allowed",
				new TeamRefusal.EndpointNotAllowed("research", "heatmap", "risk"),
				"Your team may not use the recorded endpoint. Ask the gateway's operators to add it to your team's"
						+ " `endpoints`.",
				path);
		problems.add(responses, "data-not-allowed", DocumentedRefusals.ofCoin("heatmap"),
				"Your team may not read a coin or cohort of the series. `detail` says what it may read. Ask the gateway's"
						+ " operators to add the other one to your team's `coins` or `segments`.",
				path.replace("BTC", "ETH"));
		problems.add(responses, "not-recorded", SeriesParameters.unknown(List.of("heatmap", "risk")),
				"The history does not record this endpoint, or has no such snapshot; `detail` says which.",
				path.replace("heatmap", "fills"));
		problems.addMethodNotAllowed(responses, path);
		problems.add(responses, "not-acceptable", new NotAcceptableStatusException(types),
				"`Accept` excludes the response. Send no `Accept`, or the type that you want.", path);
		problems.add(responses, "quota-exceeded", new TeamRefusal.QuotaExceeded(600, Duration.ofSeconds(1)),
				"Your team has used up its requests of this minute. Retry after the seconds in `Retry-After`.", path);
		problems.addInternalError(responses, path);
		problems.add(responses, "store-unavailable", StoreAvailability.unavailable(),
				"The history store is unavailable, or too many requests read the history; `detail` says which. Retry"
						+ " after the seconds in `Retry-After`.",
				path);
	}

	private void addMissingAndDamaged(ApiResponses responses) {
		problems.add(responses, "no-snapshot",
				new ResponseStatusException(HttpStatus.NOT_FOUND, "the history has no snapshot of heatmap/BTC"),
				"The history does not record this endpoint, or has no such snapshot; `detail` says which.", SNAPSHOT);
		problems.add(responses, "damaged-snapshot", new DamagedSnapshotException(
				"the stored snapshot of 2026-11-27T05:30:00Z is damaged: it is not valid gzip; other snapshots are not"
						+ " affected"),
				"The stored object is damaged. Inform the gateway's operators; a retry does not help.", SNAPSHOT);
	}

}
