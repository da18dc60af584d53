package io.htgateway.budget.account;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

import reactor.core.publisher.Mono;

/**
 * The accounts of all months. Thread-safe.
 */
public interface Accounts {

	/**
	 * Returns the current month: the one in which the billing month began.
	 */
	YearMonth month();

	/**
	 * Returns the statement of the given month. Fails with
	 * {@link AccountsUnavailableException} if replicas share the accounts and these are
	 * unavailable.
	 */
	Mono<Statement> statement(YearMonth month);

	/**
	 * Returns when the account of the current month began: with the billing month, or
	 * later if the calls before are not known.
	 */
	Instant since();

	/**
	 * Returns the usage of a team in the current month. Fails like
	 * {@link #statement(YearMonth)}.
	 * @param endpoints names of the endpoints
	 * @return usage by endpoint, without endpoints that were not used
	 */
	Mono<SortedMap<String, Usage>> ofTeam(String team, Collection<String> endpoints);

	/**
	 * Adds requests, hits and bytes to the account of the current month. If that fails,
	 * the same number may be sent again: it takes effect once.
	 * @param number sequence number among the additions of this run, from 1
	 */
	Mono<Void> add(long number, Map<Line, Usage> usage);

}
