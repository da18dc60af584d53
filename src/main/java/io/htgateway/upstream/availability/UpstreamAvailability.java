package io.htgateway.upstream.availability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.htgateway.breaker.Breaker;
import io.htgateway.budget.CallBudget;
import io.htgateway.upstream.guard.UpstreamGuard;
import io.htgateway.upstream.response.WrongSign;
import org.springframework.stereotype.Component;

/**
 * Whether the upstream can currently be called.
 */
@Component
public final class UpstreamAvailability {

	private static final String UPSTREAM = "upstream";

	private final UpstreamGuard guard;

	private final List<Breaker> breakers;

	private final CallBudget budget;

	UpstreamAvailability(UpstreamGuard guard, List<Breaker> breakers, CallBudget budget) {
		this.guard = guard;
		this.breakers = List.copyOf(breakers);
		this.budget = budget;
	}

	/**
	 * Returns why no call can be made, or why the calls of one endpoint bring no
	 * response. Empty if nothing is known to be wrong.
	 */
	public Optional<Obstacle> obstacle() {
		if (guard.isKeyRefused()) {
			return Optional.of(Obstacle.fault("key-refused", null));
		}
		Optional<Obstacle> wrong = guard.wrongSign().map(UpstreamAvailability::wrong);
		if (wrong.isPresent()) {
			return wrong;
		}
		Duration pause = guard.pauseLeft();
		if (pause.isPositive()) {
			return Optional.of(Obstacle.pause("cooling-down", pause));
		}
		return openBreaker().or(this::spentWindow).or(() -> guard.suspectSign().map(UpstreamAvailability::wrong));
	}

	private static Obstacle wrong(WrongSign sign) {
		return Obstacle.fault("wrong-upstream:" + sign.name(), null);
	}

	/**
	 * Returns the endpoints that the upstream refuses for the API key while it accepts
	 * others.
	 */
	public List<String> refusedEndpoints() {
		return guard.refusedEndpoints();
	}

	private Optional<Obstacle> openBreaker() {
		return breakers.stream()
			.filter((breaker) -> breaker.name().equals(UPSTREAM) && breaker.isOpen())
			.map((breaker) -> Obstacle.fault("breaker-open", breaker.retryAfter()))
			.findFirst();
	}

	private Optional<Obstacle> spentWindow() {
		return budget.obstacle()
			.map((spent) -> Obstacle.pause(
					(spent.isUncounted() ? "budget-uncounted:" : "budget-spent:") + spent.window(),
					spent.retryAfter()));
	}

}
