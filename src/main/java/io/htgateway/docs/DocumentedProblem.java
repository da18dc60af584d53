package io.htgateway.docs;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.htgateway.access.TeamRefusal;
import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.htgateway.web.problem.ProblemDetails;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Documented example of a problem that mirrored endpoints can return.
 *
 * @param name name of the example
 * @param problem the problem, created from an exception as in a real response
 * @param meaning cause and remedy of all problems with this status and type
 */
record DocumentedProblem(String name, ProblemDetails problem, String meaning) {

	private static final String UPSTREAM_REJECTED = "HyperTracker rejects the request; `detail` repeats its reason. Correct the"
			+ " request; a retry of the same request would fail again.";

	private static final String TEAM_LIMIT = "Your team has used up its requests of this minute or its share of the upstream"
			+ " calls; `detail` says which. Retry after the seconds in `Retry-After`.";

	private static final String DATA = "Your team may not read a coin or cohort of this response. `detail` says what it may read."
			+ " Request that, or ask the gateway's operators to add the other one to your team's `coins` or `segments`.";

	private static final String NO_CALL = "No usable response is stored, and the gateway cannot make an upstream call now:"
			+ " the budget is spent, HyperTracker asked for a pause or fails, or too many requests wait. `detail` says"
			+ " which. Retry after the seconds in `Retry-After`.";

	/**
	 * Returns all problems of the given endpoint except invalid parameters.
	 * @param types media types of its responses
	 * @param unknown cause and remedy of a 404, or null if the endpoint's data always
	 * exists
	 */
	static List<DocumentedProblem> all(Endpoint endpoint, List<MediaType> types, @Nullable String unknown) {
		List<DocumentedProblem> all = new ArrayList<>(ofEvery(endpoint.name()));
		all.add(of("data-not-allowed", DocumentedRefusals.ofData(endpoint), DATA));
		String names = types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
		all.add(of("not-acceptable", new NotAcceptableStatusException(types),
				names.equals(MediaType.APPLICATION_JSON_VALUE)
						? "Responses are JSON. Send `Accept: application/json`, or no `Accept`."
						: "Responses are %s. Send one of these as `Accept`, or no `Accept`.".formatted(names)));
		if (unknown != null) {
			all.add(of("unknown", new UpstreamException.Rejected(404,
					endpoint.route().contains("{coin}") ? "Coin not found" : "Not found"), unknown));
		}
		all.sort(Comparator.comparing(DocumentedProblem::status));
		return all;
	}

	private static List<DocumentedProblem> ofEvery(String endpoint) {
		return List.of(of("rejected-request", new UpstreamException.Rejected(400, ""), UPSTREAM_REJECTED),
				unauthenticated(), unknownTeam(),
				of("endpoint-not-allowed", DocumentedRefusals.ofEndpoint(endpoint),
						"Your team may not use this endpoint, and a retry would fail too. Ask the gateway's operators to add"
								+ " the endpoint to your team's `endpoints`."),
				of("quota-exceeded", new TeamRefusal.QuotaExceeded(600, Duration.ofSeconds(1)), TEAM_LIMIT),
				of("share-spent", BudgetExhausted.ofShare("month", Duration.ofHours(2)), TEAM_LIMIT),
				of("too-many-failures", new TeamRefusal.TooManyFailures(Duration.ofSeconds(30)),
						"Too many requests without a valid token came from your address. Correct the token, then retry after"
								+ " the seconds in `Retry-After`."),
				methodNotAllowed(), of("rejected-content", new UpstreamException.Rejected(422, ""), UPSTREAM_REJECTED),
				internalError(),
				of("upstream-failed", new UpstreamException.Failed(500),
						"HyperTracker failed or sent an unusable response, and no usable response is stored. Retry,"
								+ " after the seconds in `Retry-After` if the response has it."),
				of("upstream-credentials-refused", new UpstreamException.CredentialsRefused(401),
						"HyperTracker refuses the gateway's own key. Inform the gateway's operators; your token is not the"
								+ " cause."),
				of("budget-exhausted", new BudgetExhausted("month", Duration.ofDays(2)), NO_CALL),
				of("rate-limited", new UpstreamException.RateLimited(Duration.ofSeconds(42)), NO_CALL),
				of("cooling-down", new UpstreamRefusal.CoolingDown(Duration.ofSeconds(42)), NO_CALL),
				of("upstream-fails", new UpstreamRefusal.BreakerOpen(Duration.ofSeconds(10)), NO_CALL),
				of("upstream-timed-out", new UpstreamException.TimedOut(new IOException()),
						"HyperTracker did not answer in time, and no usable response is stored. Retry, after the seconds in"
								+ " `Retry-After` if the response has it."),
				of("not-cached", new CacheRefusal.NotCached(),
						"The request has `Cache-Control: only-if-cached`, and no usable response is stored. Send it without"
								+ " that directive."));
	}

	static DocumentedProblem unauthenticated() {
		return of("unauthenticated", new TeamRefusal.Unauthenticated(false),
				"The token is missing, unknown, expired or revoked; `detail` says when it expired. Send your team's token,"
						+ " never the HyperTracker key.");
	}

	static DocumentedProblem unknownTeam() {
		return of("unknown-team", new TeamRefusal.UnknownTeam(),
				"The JWT is valid, but names no team of the gateway, and a retry would fail too. Ask the gateway's operators"
						+ " to add it to your team.");
	}

	static DocumentedProblem methodNotAllowed() {
		return of("method-not-allowed",
				new MethodNotAllowedException(HttpMethod.POST, List.of(HttpMethod.GET, HttpMethod.HEAD)),
				"Send GET or HEAD.");
	}

	static DocumentedProblem internalError() {
		return of("internal-error", new IllegalStateException(),
				"The gateway has a fault. Report `requestId` to its operators, who find it in the log.");
	}

	/**
	 * Returns the problem for the given failure.
	 */
	static DocumentedProblem of(String name, Throwable failure, String meaning) {
		return new DocumentedProblem(name, ProblemDetails.of(failure), meaning);
	}

	String status() {
		return Integer.toString(problem.status().value());
	}

	/**
	 * Returns a Markdown list item with the type and its meaning.
	 */
	String line() {
		return "- `" + problem.type() + "`: " + meaning;
	}

}
