package io.htgateway.usage;

import java.time.InstantSource;
import java.util.List;

import io.htgateway.access.Team;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.budget.AccountCalls;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.account.TeamStatement;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateReport;
import io.htgateway.time.Dates;
import io.htgateway.upstream.availability.UpstreamAvailability;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Reports of the teams' usage. Where replicas share the budget, a report has the calls of
 * all of them.
 */
@Component
final class Usages {

	private final CallBudget budget;

	private final Accounts accounts;

	private final UpstreamAvailability availability;

	private final StateClock state;

	private final Followers followers;

	private final InstantSource clock;

	private final Dates dates;

	Usages(CallBudget budget, Accounts accounts, UpstreamAvailability availability, StateClock state,
			Followers followers, InstantSource clock, Dates dates) {
		this.budget = budget;
		this.accounts = accounts;
		this.availability = availability;
		this.state = state;
		this.followers = followers;
		this.clock = clock;
		this.dates = dates;
	}

	/**
	 * Returns the current usage of the given team.
	 */
	Mono<UsageReport> of(Team team) {
		return Mono.zip(budget.callsOf(team.name()), accounts.ofTeam(team.name()),
				(calls, statement) -> report(team, calls, statement));
	}

	private UsageReport report(Team team, List<AccountCalls> calls, TeamStatement statement) {
		StateReport states = StateReport.of(state, followers, clock, dates);
		return new UsageReport(team.name(), dates.clock().instant(), requests(team.limit()),
				calls.stream().map(Usages::calls).toList(), endpoints(statement), statement.since(), upstream(),
				states.newest(), states.next());
	}

	private static UsageReport.@Nullable Requests requests(@Nullable RequestLimit limit) {
		return (limit != null)
				? new UsageReport.Requests(limit.perMinute(), limit.left(), limit.resetAfter().plusMillis(999).toSeconds())
				: null;
	}

	private static UsageReport.Calls calls(AccountCalls calls) {
		return new UsageReport.Calls(calls.window(), calls.limit(), calls.share(), calls.used(), calls.left(),
				calls.resetsAt());
	}

	private static List<UsageReport.EndpointUsage> endpoints(TeamStatement statement) {
		return statement.endpoints()
			.entrySet()
			.stream()
			.map((line) -> new UsageReport.EndpointUsage(line.getKey(), line.getValue().calls(),
					line.getValue().spared()))
			.toList();
	}

	private String upstream() {
		return availability.obstacle().map((obstacle) -> obstacle.isPause() ? "paused" : "stale").orElse("ok");
	}

}
