package io.htgateway.budget.strategy;

import java.time.YearMonth;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.TeamUsage;
import io.htgateway.budget.account.Usage;
import io.htgateway.budget.window.BudgetState;
import reactor.core.publisher.Mono;

/**
 * Accounts of a replica that counts its calls alone.
 */
public final class LocalAccounts implements Accounts {

	private final BudgetState state;

	private final AtomicLong latest = new AtomicLong();

	/**
	 * Creates accounts of the calls in the given state.
	 */
	public LocalAccounts(BudgetState state) {
		this.state = state;
	}

	@Override
	public YearMonth month() {
		return state.month();
	}

	@Override
	public Mono<Statement> statement(YearMonth month) {
		return Mono.fromCallable(() -> state.statement(month));
	}

	@Override
	public Mono<TeamUsage> ofTeam(String team, Collection<String> endpoints) {
		return Mono.fromCallable(() -> state.usage(team, endpoints));
	}

	@Override
	public Mono<Void> add(long number, Map<Line, Usage> usage) {
		return Mono.fromRunnable(() -> {
			if (latest.getAndAccumulate(number, Math::max) < number) {
				state.add(usage);
			}
		});
	}

}
