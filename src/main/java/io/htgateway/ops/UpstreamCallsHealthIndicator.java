package io.htgateway.ops;

import java.util.List;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Reports whether the upstream can be called. The indicator has a health group of its
 * own, because the gateway itself is healthy without the upstream.
 */
@Component
final class UpstreamCallsHealthIndicator implements HealthIndicator {

	static final String NAME = "upstreamCalls";

	private final UpstreamState state;

	UpstreamCallsHealthIndicator(UpstreamState state) {
		this.state = state;
	}

	@Override
	public Health health() {
		return state.obstacle().map(UpstreamCallsHealthIndicator::outOfService).orElseGet(this::up);
	}

	// Other endpoints can be called.
	private Health up() {
		List<String> refused = state.refusedEndpoints();
		return refused.isEmpty() ? Health.up().build() : Health.up().withDetail("refusedEndpoints", refused).build();
	}

	private static Health outOfService(Obstacle obstacle) {
		Health.Builder health = Health.outOfService().withDetail("reason", obstacle.reason());
		if (obstacle.left() != null) {
			health.withDetail("seconds", obstacle.left().toSeconds());
		}
		return health.build();
	}

}
