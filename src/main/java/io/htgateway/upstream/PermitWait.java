package io.htgateway.upstream;

import java.time.Duration;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Priority;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The wait for the budget, if it permits a call soon that it refuses now.
 *
 * @param longest maximum time of a wait, for one call
 */
record PermitWait(Duration longest, Scheduler scheduler) {

	/**
	 * Shortest wait, since others may wait for the same permit.
	 */
	private static final Duration SHORTEST = Duration.ofMillis(10);

	/**
	 * Returns the given call. If the budget refuses it and a client waits for it, it is
	 * made again as soon as the budget may permit it. Fails with {@link BudgetExhausted}
	 * at once if that would be too late.
	 */
	<T> Mono<T> await(Priority priority, Mono<T> call) {
		return (priority == Priority.INTERACTIVE) ? await(call, longest) : call;
	}

	private <T> Mono<T> await(Mono<T> call, Duration left) {
		return call.onErrorResume(BudgetExhausted.class, (refusal) -> {
			Duration wait = longer(refusal.retryAfter(), SHORTEST);
			return (refusal.isShutdown() || wait.compareTo(left) > 0) ? Mono.error(refusal)
					: Mono.delay(wait, scheduler).then(await(call, left.minus(wait)));
		});
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}
