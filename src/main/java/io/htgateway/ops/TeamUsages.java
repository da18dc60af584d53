package io.htgateway.ops;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;

import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.EndpointMeters;
import io.htgateway.traffic.Outcome;
import io.htgateway.traffic.RequestMeters;
import io.htgateway.upstream.CallMeters;
import org.springframework.stereotype.Component;

/**
 * Sums of the counts of each team. The meters read the same counts: a search in their
 * registry would cost the square of the number of teams.
 */
@Component
public final class TeamUsages {

	private static final Set<Outcome> ALL = EnumSet.allOf(Outcome.class);

	private static final Set<Outcome> HITS = EnumSet.of(Outcome.HIT);

	private static final Set<Outcome> ANSWERED = EnumSet.of(Outcome.HIT, Outcome.STALE, Outcome.COLLAPSED,
			Outcome.REVALIDATED, Outcome.MISS, Outcome.BYPASS, Outcome.REJECTED);

	private final List<Endpoint> endpoints;

	private final RequestMeters requests;

	private final CallMeters calls;

	TeamUsages(List<Endpoint> endpoints, RequestMeters requests, CallMeters calls) {
		this.endpoints = endpoints;
		this.requests = requests;
		this.calls = calls;
	}

	/**
	 * Returns the usage of the given team.
	 */
	public TeamUsage of(String team) {
		return new TeamUsage(team, sum((endpoint) -> requests(endpoint, team, ALL)),
				sum((endpoint) -> requests(endpoint, team, HITS)), sum((endpoint) -> calls.sent(endpoint.name(), team)),
				sum((endpoint) -> saved(endpoint, team)));
	}

	/**
	 * Returns the requests for one endpoint that were answered, or rejected as the
	 * upstream rejects them, minus the calls that were made. Returns 0 if failed calls
	 * and calls without a waiting request outnumber the requests.
	 */
	public long saved(Endpoint endpoint, String team) {
		return Math.max(0, requests(endpoint, team, ANSWERED) - calls.sent(endpoint.name(), team));
	}

	private long requests(Endpoint endpoint, String team, Set<Outcome> outcomes) {
		EndpointMeters meters = Objects.requireNonNull(requests.find(endpoint.route()));
		return meters.count(team, outcomes);
	}

	private long sum(ToLongFunction<Endpoint> value) {
		return endpoints.stream().mapToLong(value).sum();
	}

}
