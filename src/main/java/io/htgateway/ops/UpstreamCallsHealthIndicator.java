package io.htgateway.ops;

import java.util.List;

import io.htgateway.upstream.availability.Obstacle;
import io.htgateway.upstream.availability.UpstreamAvailability;
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

	private final UpstreamAvailability availability;

	UpstreamCallsHealthIndicator(UpstreamAvailability availability) {
		this.availability = availability;
	}

	@Override
	public Health health() {
		return availability.obstacle().map(UpstreamCallsHealthIndicator::outOfService).orElseGet(this::up);
	}

	// Other endpoints can be called.
	private Health up() {
		List<String> refused = availability.refusedEndpoints();
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
