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
 * Example of a problem that mirrored endpoints can answer.
 *
 * @param name name of the example
 * @param problem the problem, made by the error contract itself
 * @param meaning cause and remedy of all problems with this status and type
 */
record DocumentedProblem(String name, ProblemDetails problem, String meaning) {

	private static final String REJECTED = "HyperTracker rejects the request; `detail` repeats its reason. Correct the"
			+ " request: it would fail again.";

	private static final String TEAM_LIMIT = "Your team has spent its requests of the minute or its share of the upstream"
			+ " calls; `detail` says which. Wait for the seconds in `Retry-After`.";

	private static final String NO_CALL = "No usable response is stored, and the gateway cannot make an upstream call now:"
			+ " the budget is spent, HyperTracker asked for a pause or fails, or too many requests wait. `detail` says"
			+ " which. Wait for the seconds in `Retry-After`.";

	/**
	 * Returns all problems of the given endpoint except wrong parameters.
	 * @param unknown cause and remedy of 404, which is left out where data always exists
	 */
	static List<DocumentedProblem> all(Endpoint endpoint, List<MediaType> types, @Nullable String unknown) {
		List<DocumentedProblem> all = new ArrayList<>(ofEvery(endpoint.name()));
		String named = types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
		all.add(of("not-acceptable", new NotAcceptableStatusException(types),
				named.equals(MediaType.APPLICATION_JSON_VALUE)
						? "Responses are JSON. Send `Accept: application/json`, or no `Accept`."
						: "Responses are %s. Send one of these as `Accept`, or no `Accept`.".formatted(named)));
		if (unknown != null) {
			all.add(of("unknown", new UpstreamException.Rejected(404,
					endpoint.route().contains("{coin}") ? "Coin not found" : "Not found"), unknown));
		}
		all.sort(Comparator.comparing(DocumentedProblem::status));
		return all;
	}

	private static List<DocumentedProblem> ofEvery(String endpoint) {
		return List.of(of("rejected-request", new UpstreamException.Rejected(400, ""), REJECTED), of("unauthenticated",
				new TeamRefusal.Unauthenticated(false),
				"The token is missing, unknown or revoked. Send your team's token, never the HyperTracker key."),
				of("endpoint-not-allowed", new TeamRefusal.EndpointNotAllowed("research", endpoint),
						"Your team may not use this endpoint; a retry would fail too. Ask the gateway's operators to add the"
								+ " endpoint to your team's `endpoints`."),
				of("quota-exceeded", new TeamRefusal.QuotaExceeded(600, Duration.ofSeconds(1)), TEAM_LIMIT),
				of("share-spent", BudgetExhausted.ofShare("month", Duration.ofHours(2)), TEAM_LIMIT),
				of("too-many-failures", new TeamRefusal.TooManyFailures(Duration.ofSeconds(30)),
						"Too many requests without a valid token came from your address. Correct the token, and wait for the"
								+ " seconds in `Retry-After`."),
				of("method-not-allowed",
						new MethodNotAllowedException(HttpMethod.POST, List.of(HttpMethod.GET, HttpMethod.HEAD)),
						"Send GET or HEAD."),
				of("rejected-content", new UpstreamException.Rejected(422, ""), REJECTED),
				of("internal-error", new IllegalStateException(),
						"The gateway failed. Give `requestId` to its operators, who find it in the log."),
				of("upstream-failed", new UpstreamException.Failed(500),
						"HyperTracker failed or sent an unusable response, and no usable response is stored. Repeat the"
								+ " request, after the seconds in `Retry-After` if it is there."),
				of("upstream-credentials-refused", new UpstreamException.CredentialsRefused(401),
						"HyperTracker refuses the gateway's own key. Inform the gateway's operators; your token is not the"
								+ " cause."),
				of("budget-exhausted", new BudgetExhausted("month", Duration.ofDays(2)), NO_CALL),
				of("rate-limited", new UpstreamException.RateLimited(Duration.ofSeconds(42)), NO_CALL),
				of("cooling-down", new UpstreamRefusal.CoolingDown(Duration.ofSeconds(42)), NO_CALL),
				of("upstream-fails", new UpstreamRefusal.BreakerOpen(Duration.ofSeconds(10)), NO_CALL),
				of("upstream-timed-out", new UpstreamException.TimedOut(new IOException()),
						"HyperTracker did not answer in time, and no usable response is stored. Repeat the request, after the"
								+ " seconds in `Retry-After` if it is there."),
				of("not-cached", new CacheRefusal.NotCached(),
						"The request has `Cache-Control: only-if-cached`, and no usable response is stored. Send it without"
								+ " that directive."));
	}

	static DocumentedProblem of(String name, Throwable failure, String meaning) {
		return new DocumentedProblem(name, ProblemDetails.of(failure), meaning);
	}

	String status() {
		return Integer.toString(problem.status().value());
	}

	/**
	 * Returns a line of Markdown with the type and its meaning.
	 */
	String line() {
		return "- `" + problem.type() + "`: " + meaning;
	}

}
