package io.htgateway.usage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.htgateway.access.Team;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.account.AccountsUnavailableException;
import io.htgateway.budget.account.TeamUsage;
import io.htgateway.budget.account.Usage;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateReport;
import io.htgateway.time.Dates;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.availability.UpstreamAvailability;
import io.htgateway.web.problem.UnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Reports of the teams' usage. Where replicas share the budget, a report has the calls of
 * all of them.
 */
@Component
final class Usages {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final List<String> endpoints;

	private final CallBudget budget;

	private final Accounts accounts;

	private final UpstreamAvailability availability;

	private final StateClock state;

	private final Followers followers;

	private final InstantSource clock;

	private final Dates dates;

	Usages(List<Endpoint> endpoints, CallBudget budget, Accounts accounts, UpstreamAvailability availability,
			StateClock state, Followers followers, InstantSource clock, Dates dates) {
		this.endpoints = endpoints.stream().map(Endpoint::name).toList();
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
		return Mono
			.zip(budget.use(team.name()), accounts.ofTeam(team.name(), endpoints),
					(calls, used) -> report(team, calls, used))
			.onErrorMap(AccountsUnavailableException.class, (failure) -> unavailable());
	}

	private UsageReport report(Team team, List<AccountUse> calls, TeamUsage used) {
		StateReport states = StateReport.of(state, followers, clock, dates);
		return new UsageReport(team.name(), dates.clock().instant(), requests(team.limit()),
				calls.stream().map(Usages::calls).toList(), endpoints(used.endpoints()), used.since(), upstream(),
				states.newest(), states.next());
	}

	private static UsageReport.@Nullable Requests requests(@Nullable RequestLimit limit) {
		return (limit != null) ? new UsageReport.Requests(limit.perMinute(), limit.left(),
				limit.resetAfter().plusMillis(999).toSeconds()) : null;
	}

	private static UsageReport.Calls calls(AccountUse calls) {
		return new UsageReport.Calls(calls.window(), calls.limit(), calls.share(), calls.used(), calls.left(),
				calls.resetsAt());
	}

	private static List<UsageReport.EndpointUsage> endpoints(Map<String, Usage> used) {
		return used.entrySet()
			.stream()
			.map((line) -> new UsageReport.EndpointUsage(line.getKey(), line.getValue().calls(),
					line.getValue().hits()))
			.toList();
	}

	/**
	 * Returns the failure while replicas cannot read what they share.
	 */
	static UnavailableException unavailable() {
		return new UnavailableException(
				"the count that the gateway's replicas share is unavailable; other endpoints still work", RETRY_AFTER);
	}

	private String upstream() {
		return availability.obstacle().map((obstacle) -> obstacle.isPause() ? "paused" : "stale").orElse("ok");
	}

}
