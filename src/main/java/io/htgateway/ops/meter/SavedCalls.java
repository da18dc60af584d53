package io.htgateway.ops.meter;

import java.util.List;

import io.htgateway.access.authentication.Teams;
import io.htgateway.ops.TeamUsages;
import io.htgateway.traffic.Endpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * How many calls fewer were made than clients would have made themselves.
 */
@Component
final class SavedCalls implements MeterBinder {

	private final List<Endpoint> endpoints;

	private final Teams teams;

	private final TeamUsages uses;

	SavedCalls(List<Endpoint> endpoints, Teams teams, TeamUsages uses) {
		this.endpoints = endpoints;
		this.teams = teams;
		this.uses = uses;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		teams.forEachName((team) -> endpoints.forEach((endpoint) -> bind(registry, endpoint, team)));
	}

	private void bind(MeterRegistry registry, Endpoint endpoint, String team) {
		Gauge.builder("gateway.calls.saved", uses, (current) -> current.saved(endpoint, team))
			.description("Requests that were answered, less the calls that were made")
			.tags("endpoint", endpoint.name(), "team", team)
			.register(registry);
	}

}
