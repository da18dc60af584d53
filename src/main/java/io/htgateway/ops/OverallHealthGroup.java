package io.htgateway.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Makes one configured group the overall health of the gateway, which otherwise includes
 * the upstream. A load balancer that reads the overall health must not take out all
 * gateways when the upstream is down, because they still answer from their caches.
 */
@Component
final class OverallHealthGroup implements HealthEndpointGroupsPostProcessor {

	/**
	 * Name of the configured group that becomes the overall health.
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
