package io.htgateway.ops;

import java.util.List;

import io.htgateway.teams.Teams;
import io.htgateway.traffic.Endpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * How many calls fewer were made than clients would have made themselves.
 */
@Component
final class SavedCalls implements MeterBinder {

	private final List<Endpoint> endpoints;

	private final Teams teams;

	SavedCalls(List<Endpoint> endpoints, Teams teams) {
		this.endpoints = endpoints;
		this.teams = teams;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		teams.forEachName((team) -> endpoints.forEach((endpoint) -> bind(registry, endpoint.name(), team)));
	}

	private static void bind(MeterRegistry registry, String endpoint, String team) {
		Tags tags = Tags.of("endpoint", endpoint, "team", team);
		Gauge.builder("gateway.calls.saved", registry, (meters) -> TeamUse.savedOfOne(meters, tags))
			.description("Requests that were answered, less the calls that were made")
			.tags(tags)
			.register(registry);
	}

}
