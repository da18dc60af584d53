package io.htgateway.budget.ledger;

import java.util.List;
import java.util.Map;

import io.htgateway.budget.Priority;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The one count of the calls of all replicas, which grants or refuses each of them. It
 * may be unavailable.
 */
public interface Ledger {

	/**
	 * Returns whether the ledger is available, as far as is known.
	 */
	boolean isAvailable();

	/**
	 * Returns whether the ledger is available, or may be soon enough to wait for it.
	 */
	default Mono<Boolean> returnsSoon() {
		return Mono.fromSupplier(this::isAvailable);
	}

	/**
	 * Returns the answer of the ledger, which can be late. After a failure it is unknown
	 * whether the call was counted. The same question may be asked again: it takes effect
	 * once.
	 */
	Mono<Answer> ask(Question question);

	/**
	 * One step of the ledger.
	 *
	 * @param number position among the questions of this replica
	 * @param change 1 charges a call, -1 gives one back, 0 changes nothing
	 * @param charge name of the call that is requested or given back, or empty
	 * @param epoch the ledger that this replica knows, or nothing yet
	 * @param calls how far it knows that
	 * @param priority of the call
	 * @param account of the call, if calls are reserved for it
	 * @param minute the minute, if it is limited
	 * @param windows all others
	 * @param report calls that were made without the ledger
	 */
	record Question(long number, int change, String charge, String epoch, long calls, Priority priority, String account,
			@Nullable Minute minute, List<Window> windows, @Nullable Report report) {
	}

	/**
	 * The bucket of the minute.
	 *
	 * @param burst calls that it holds
	 * @param refill calls that flow in during the period
	 * @param period in milliseconds
	 * @param needed calls that it must have for this one
	 */
	record Minute(long burst, long refill, long period, long needed) {
	}

	/**
	 * A day or a month.
	 *
	 * @param start which one it is, in milliseconds
	 * @param limit calls that it has
	 * @param needed calls that must be left for this one
	 * @param known calls in it that this replica knows of
	 * @param assumed how many of those are assumed
	 * @param certain how many of the assumed calls are never dropped
	 * @param assumesNone whether other assumed calls are dropped
	 */
	record Window(String name, long start, long limit, long needed, long known, long assumed, long certain,
			boolean assumesNone) {
	}

	/**
	 * Calls that one replica made without the ledger. Counted once, however often it is
	 * sent.
	 */
	record Report(String replica, long number, long interactive, long refresh, Map<String, Long> accounts,
			Map<String, Calls> windows) {
	}

	/**
	 * Calls in the day or month that starts then.
	 *
	 * @param assumed how many of them are assumed
	 * @param certain how many of the assumed calls are never dropped
	 */
	record Calls(long start, long calls, long assumed, long certain) {
	}

	/**
	 * The answer of the ledger.
	 *
	 * @param epoch which ledger it is: a Redis that lost everything has another one
	 * @param calls all calls that it granted or that were reported to it
	 * @param refused the window that has no call left for it, if one has none
	 * @param tokens calls that the minute has left
	 * @param accounts calls of each account for which calls are reserved
	 * @param windows the calls of the other windows
	 * @param reported number of the report that it has seen, if it was given one
	 */
	record Answer(String epoch, long calls, @Nullable String refused, double tokens, long interactive, long refresh,
			Map<String, Long> accounts, Map<String, Calls> windows, long reported) {
	}

}
