package io.htgateway.budget.account;

import java.time.YearMonth;
import java.util.Collection;
import java.util.Map;

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
	 * Returns the usage of a team in the current month. Fails like
	 * {@link #statement(YearMonth)}.
	 * @param endpoints names of the endpoints
	 */
	Mono<TeamUsage> ofTeam(String team, Collection<String> endpoints);

	/**
	 * Adds requests, hits and bytes to the account of the current month. If that fails,
	 * the same number may be sent again: it takes effect once.
	 * @param number sequence number among the additions of this run, from 1
	 */
	Mono<Void> add(long number, Map<Line, Usage> usage);

}
