package io.htgateway.ops.account;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Usage;
import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.EndpointMeters;
import io.htgateway.traffic.Outcome;
import io.htgateway.traffic.RequestMeters;
import org.springframework.stereotype.Component;

/**
 * Requests, hits and bytes since the start by team and endpoint. The meters have the same
 * counts.
 */
@Component
final class RequestTotals implements Supplier<Map<Line, Usage>> {

	private static final Set<Outcome> ALL = EnumSet.allOf(Outcome.class);

	private static final Set<Outcome> HITS = EnumSet.of(Outcome.HIT, Outcome.STALE, Outcome.COLLAPSED);

	private final List<Endpoint> endpoints;

	private final RequestMeters meters;

	RequestTotals(List<Endpoint> endpoints, RequestMeters meters) {
		this.endpoints = endpoints;
		this.meters = meters;
	}

	/**
	 * Returns the totals of all lines with requests.
	 */
	@Override
	public Map<Line, Usage> get() {
		Map<Line, Usage> totals = new HashMap<>();
		for (Endpoint endpoint : endpoints) {
			EndpointMeters counts = Objects.requireNonNull(meters.find(endpoint.route()));
			counts.forEachTeam((team, bytes) -> {
				Usage usage = new Usage(0, counts.count(team, ALL), counts.count(team, HITS), bytes);
				if (!usage.equals(Usage.NONE)) {
					totals.put(new Line(team, endpoint.name()), usage);
				}
			});
		}
		return totals;
	}

}
