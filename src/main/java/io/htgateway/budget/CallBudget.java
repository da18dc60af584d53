package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.share.WindowShares;
import reactor.core.publisher.Mono;

/**
 * Budget of upstream calls. Every call is charged before it is sent, and refused if any
 * window has no call left for it. A part of each window is reserved for interactive
 * calls. Thread-safe.
 */
public interface CallBudget {

	/**
	 * Charges one call. Must be called right before the call is sent. A retry is another
	 * call, and a call costs the same whatever its response is. Fails with
	 * {@link BudgetExhausted} if the call must not be made.
	 * @param account on whose behalf the call is made
	 * @param endpoint name of the endpoint that is called
	 * @param patience longest time to wait for the ledger
	 */
	Mono<Charge> charge(Priority priority, String account, String endpoint, Duration patience);

	/**
	 * Releases the charge of a call that was not sent.
	 */
	void release(Charge charge);

	/**
	 * Returns why no interactive call is currently possible, or nothing if one is
	 * possible.
	 */
	Optional<BudgetExhausted> obstacle();

	/**
	 * Returns the current state of the budget.
	 */
	BudgetSnapshot snapshot();

	/**
	 * Returns the calls of an account in each window, those of the longest one last.
	 * Fails if replicas share the budget and their count is unavailable.
	 */
	Mono<List<AccountUse>> use(String account);

	/**
	 * Returns the calls that are currently reserved for accounts, in each window that the
	 * plan limits, as far as this replica knows.
	 */
	List<WindowShares> shares();

	/**
	 * Learns that the upstream answered a call with 429. If this budget has calls left,
	 * others may have made them.
	 * @param retryAfter time that the upstream asked to wait
	 */
	void rateLimited(Duration retryAfter);

	/**
	 * Corrects the calls of others in a day or month by the number that the upstream
	 * shows. The count of the gateway itself is never lowered.
	 * @param window name of the window, which the plan limits
	 * @param used all calls of the plan in the current period
	 */
	Mono<Correction> correct(String window, long used);

	/**
	 * Replaces the shares of accounts. Calls already made stay counted.
	 */
	void replace(Shares shares);

	/**
	 * A charged call.
	 *
	 * @param account on whose behalf it is made
	 * @param endpoint name of the called endpoint
	 * @param at when it was charged
	 * @param id identifies the charge in the ledger; empty if the ledger did not count it
	 */
	record Charge(Priority priority, String account, String endpoint, Instant at, String id) {

		public Charge {
			Objects.requireNonNull(id);
		}

	}

}
