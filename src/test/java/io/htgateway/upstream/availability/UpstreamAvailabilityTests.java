package io.htgateway.upstream.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.htgateway.breaker.Breaker;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.guard.Replicas;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UpstreamAvailability}.
 */
class UpstreamAvailabilityTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	private final Breaker breaker = new Breaker("upstream", Duration.ofSeconds(9), UpstreamGuard::isFault, clock);

	@Test
	void obstacleWhenMinuteIsSpentLastsUntilItsNextCall() {
		assertThat(obstacle(Budgets.of(60, 0, 0, clock)))
			.isEqualTo(Obstacle.pause("budget-spent:minute", Duration.ofSeconds(63)));
	}

	@Test
	void obstacleWhenTwoWindowsAreSpentIsTheLongerOne() {
		assertThat(obstacle(Budgets.of(60, 40, 0, clock)))
			.isEqualTo(Obstacle.pause("budget-spent:day", Duration.ofDays(1)));
	}

	private Obstacle obstacle(CallBudget budget) {
		UpstreamAvailability availability = new UpstreamAvailability(new UpstreamGuard(breaker, clock, Replicas.NONE),
				List.of(breaker), budget);
		assertThat(availability.obstacle()).isEmpty();
		Budgets.drain(budget, Priority.INTERACTIVE);
		return availability.obstacle().orElseThrow();
	}

}
