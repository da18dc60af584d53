package io.htgateway.state.status;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.cache.ResponseCache;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.time.Dates;
import org.springframework.beans.factory.BeanFactory;
import reactor.core.publisher.Mono;

/**
 * Creates polls of a simulated status endpoint.
 */
public final class StatusPolls {

	private static final double SHARE = 0.05;

	private StatusPolls() {
	}

	/**
	 * Returns the polls, or one that does nothing if the plan does not afford them.
	 */
	public static Supplier<Mono<Void>> of(BeanFactory gateway, List<BudgetSnapshot.Window> plan,
			Supplier<Mono<byte[]>> call) {
		return new StatusShare(SHARE).spacing(plan)
			.map((spacing) -> new StatusPoll(spacing, Duration.ofSeconds(22), call,
					gateway.getBean(ResponseCache.class), gateway.getBean(StateClock.class),
					gateway.getBean(Followers.class), gateway.getBean(InstantSource.class),
					gateway.getBean(Dates.class)))
			.map((poll) -> (Supplier<Mono<Void>>) poll::pollIfDue)
			.orElse(Mono::empty);
	}

}
