package io.htgateway.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Uses a group of the configuration as the gateway's overall health, which otherwise
 * includes the upstream: a load balancer that looks there must not take all gateways out
 * when the upstream is down, since they still answer from their caches.
 */
@Component
final class OverallHealthGroup implements HealthEndpointGroupsPostProcessor {

	/**
	 * Group of the configuration that is the overall health.
	 */
	private static final String OVERALL = "overall";

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		Map<String, HealthEndpointGroup> others = new LinkedHashMap<>();
		groups.getNames()
			.stream()
			.filter((name) -> !name.equals(OVERALL))
			.forEach((name) -> others.put(name, Objects.requireNonNull(groups.get(name))));
		return HealthEndpointGroups.of(Objects.requireNonNull(groups.get(OVERALL)), others);
	}

}
