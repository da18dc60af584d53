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
 * Publishes how many calls the gateway saved: the calls that clients would have made
 * themselves, minus the calls that were made.
 */
@Component
final class SavedCalls implements MeterBinder {

	private final List<Endpoint> endpoints;

	private final Teams teams;

	private final TeamUsages usages;

	SavedCalls(List<Endpoint> endpoints, Teams teams, TeamUsages usages) {
		this.endpoints = endpoints;
		this.teams = teams;
		this.usages = usages;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		teams.forEachName((team) -> endpoints.forEach((endpoint) -> bind(registry, endpoint, team)));
	}

	private void bind(MeterRegistry registry, Endpoint endpoint, String team) {
		Gauge.builder("gateway.calls.saved", usages, (current) -> current.saved(endpoint, team))
			.description("Answered requests minus the upstream calls made for them")
			.tags("endpoint", endpoint.name(), "team", team)
			.register(registry);
	}

}
