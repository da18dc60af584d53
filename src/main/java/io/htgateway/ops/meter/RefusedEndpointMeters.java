package io.htgateway.ops.meter;

import java.util.List;

import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.guard.UpstreamGuard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * Publishes for each endpoint whether the upstream refuses it for the API key.
 */
@Component
final class RefusedEndpointMeters implements MeterBinder {

	private final UpstreamGuard guard;

	private final List<Endpoint> endpoints;

	RefusedEndpointMeters(UpstreamGuard guard, List<Endpoint> endpoints) {
		this.guard = guard;
		this.endpoints = List.copyOf(endpoints);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Endpoint endpoint : endpoints) {
			Gauge
				.builder("gateway.upstream.endpoint.refused", guard,
						(current) -> current.refusedEndpoints().contains(endpoint.name()) ? 1 : 0)
				.description("1 while the upstream refuses the endpoint for the API key")
				.tag("endpoint", endpoint.name())
				.register(registry);
		}
	}

}
