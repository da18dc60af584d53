package io.htgateway.ops;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.stereotype.Component;

/**
 * Keeps the state of the upstream out of the gateway's overall health: a load balancer
 * that looks there must not take all gateways out when the upstream is down, since they
 * still answer from their caches.
 */
@Component
final class OwnHealthOnly implements HealthEndpointGroupsPostProcessor {

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		return new Groups(groups);
	}

	private record Groups(HealthEndpointGroups all) implements HealthEndpointGroups {

		@Override
		public HealthEndpointGroup getPrimary() {
			return new Own(all.getPrimary());
		}

		@Override
		public Set<String> getNames() {
			return all.getNames();
		}

		@Override
		public @Nullable HealthEndpointGroup get(String name) {
			return all.get(name);
		}

	}

	private record Own(HealthEndpointGroup all) implements HealthEndpointGroup {

		@Override
		public boolean isMember(String name) {
			return !name.equals(UpstreamCallsHealthIndicator.NAME) && all.isMember(name);
		}

		@Override
		public boolean showComponents(SecurityContext security) {
			return all.showComponents(security);
		}

		@Override
		public boolean showDetails(SecurityContext security) {
			return all.showDetails(security);
		}

		@Override
		public StatusAggregator getStatusAggregator() {
			return all.getStatusAggregator();
		}

		@Override
		public HttpCodeStatusMapper getHttpCodeStatusMapper() {
			return all.getHttpCodeStatusMapper();
		}

		@Override
		public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
			return all.getAdditionalPath();
		}

	}

}
