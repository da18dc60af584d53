package io.htgateway.traffic;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.htgateway.access.authentication.Teams;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Meters of all endpoints. They are registered before the first request of a team.
 */
@Component
public final class RequestMeters {

	private final Map<String, EndpointMeters> byRoute;

	RequestMeters(MeterRegistry meters, List<Endpoint> endpoints, Teams teams) {
		this.byRoute = endpoints.stream()
			.collect(Collectors.toUnmodifiableMap(Endpoint::route,
					(endpoint) -> new EndpointMeters(endpoint.name(), teams, meters)));
	}

	/**
	 * Returns the meters of the endpoint with the given route, or null if no endpoint has
	 * it.
	 */
	public @Nullable EndpointMeters find(String route) {
		return byRoute.get(route);
	}

}
