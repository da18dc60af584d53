package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import reactor.core.publisher.Mono;

/**
 * The upstream calls that the plan allows. Each call is charged before it is sent, and
 * refused if any window has no call left for it. A part of each window is reserved for
 * interactive calls. Thread-safe.
 */
public interface CallBudget {

	/**
	 * Charges one call, right before it is sent. A retry is another call, and the answer
	 * to it does not matter. Fails with {@link BudgetExhausted} if the call must not be
	 * made.
	 * @param account on whose behalf the call is made
	 * @param patience longest time to wait for the shared count
	 */
	Mono<Charge> charge(Priority priority, String account, Duration patience);

	/**
	 * Takes back the charge of a call that was not sent.
	 */
	void release(Charge charge);

	/**
	 * Returns the reason why no interactive call is currently possible, if none is.
	 */
	Optional<BudgetExhausted> obstacle();

	/**
	 * Returns the current state of the budget.
	 */
	BudgetSnapshot snapshot();

	/**
	 * Replaces the shares of accounts. Calls that were made stay counted.
	 */
	void replace(Shares shares);

	/**
	 * A call that was charged.
	 *
	 * @param id its name in the count of all replicas, or empty
	 */
	record Charge(Priority priority, String account, Instant at, String id) {

		public Charge {
			Objects.requireNonNull(id);
		}

	}

}
