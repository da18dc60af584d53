package io.htgateway.upstream;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.CallBudget.Charge;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Limit of the upstream calls that one background task causes. The requests of the task
 * have it in their Reactor context. No caller waits for these calls, so they have the
 * priority of a refresh.
 */
public interface CallQuota {

	/**
	 * No limit other than the budget, for calls that callers cause.
	 */
	CallQuota NONE = new CallQuota() {

		@Override
		public Mono<Void> acquire() {
			return Mono.empty();
		}

		@Override
		public void release() {
		}

	};

	/**
	 * Counts one call that is about to be sent. Fails with {@link BudgetExhausted} if no
	 * call is left.
	 */
	Mono<Void> acquire();

	/**
	 * Takes back a call that was counted but not sent.
	 */
	void release();

	/**
	 * Learns that a counted call was charged to the budget.
	 */
	default void charged() {
	}

	/**
	 * Returns the given charge of the budget. It counts against this limit as well.
	 */
	default Mono<Charge> limit(Mono<Charge> charge) {
		return acquire().then(charge.doOnError((refused) -> release()).doOnCancel(this::release))
			.doOnNext((charged) -> charged());
	}

	/**
	 * Returns the given context with this limit added.
	 */
	default Context in(Context context) {
		return context.put(CallQuota.class, this);
	}

	/**
	 * Returns the limit in the given context, or {@link #NONE}.
	 */
	static CallQuota of(ContextView context) {
		return context.hasKey(CallQuota.class) ? context.get(CallQuota.class) : NONE;
	}

}
