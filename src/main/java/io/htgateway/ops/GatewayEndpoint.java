package io.htgateway.ops;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.htgateway.access.authentication.Teams;
import io.htgateway.breaker.Breaker;
import io.htgateway.budget.CallBudget;
import io.htgateway.cache.load.CacheContents;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.observation.LoadFaults;
import io.htgateway.cache.store.Subjects;
import io.htgateway.ops.account.Statements;
import io.htgateway.ops.purge.AuditedPurges;
import io.htgateway.ops.purge.Selection;
import io.htgateway.ops.purge.Selections;
import io.htgateway.ops.spend.AuditedCorrections;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateReport;
import io.htgateway.time.Dates;
import io.htgateway.upstream.availability.Obstacle;
import io.htgateway.upstream.availability.UpstreamAvailability;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import reactor.core.publisher.Mono;

/**
 * Management endpoint that shows operators the current state of the gateway, purges
 * stored responses, corrects the calls of others, and accounts for the month.
 */
@Component
@WebEndpoint(id = "gateway")
class GatewayEndpoint {

	private static final int MAX_KEYS = 200;

	private final CacheContents contents;

	private final LoadFaults faults;

	private final Dates dates;

	private final CallBudget budget;

	private final Pace pace;

	private final UpstreamGuard guard;

	private final UpstreamAvailability availability;

	private final List<Breaker> breakers;

	private final StartupSummary startup;

	private final Selections selections;

	private final AuditedPurges purges;

	private final AuditedCorrections corrections;

	private final Statements statements;

	private final Teams teams;

	private final TeamUsages usages;

	private final StateClock stateClock;

	private final Followers followers;

	private final InstantSource clock;

	GatewayEndpoint(CacheContents contents, LoadFaults faults, Dates dates, CallBudget budget, Pace pace,
			UpstreamGuard guard, UpstreamAvailability availability, List<Breaker> breakers, StartupSummary startup,
			Selections selections, AuditedPurges purges, AuditedCorrections corrections, Statements statements,
			Teams teams, TeamUsages usages, StateClock stateClock, Followers followers, InstantSource clock) {
		this.contents = contents;
		this.faults = faults;
		this.dates = dates;
		this.budget = budget;
		this.pace = pace;
		this.guard = guard;
		this.availability = availability;
		this.breakers = List.copyOf(breakers);
		this.startup = startup;
		this.selections = selections;
		this.purges = purges;
		this.corrections = corrections;
		this.statements = statements;
		this.teams = teams;
		this.usages = usages;
		this.stateClock = stateClock;
		this.followers = followers;
		this.clock = clock;
	}

	@ReadOperation
	GatewayState read() {
		return new GatewayState(startup.running(), GatewayState.Budget.of(budget.snapshot()), pace.stretch(),
				upstream(), StateReport.of(stateClock, followers, clock, dates),
				faults.latest().stream().map((latest) -> GatewayState.LastError.of(latest, dates)).toList(),
				breakers.stream()
					.map((breaker) -> new GatewayState.BreakerState(breaker.name(), breaker.isOpen()))
					.toList(),
				teams.names().stream().map(usages::of).toList(),
				contents.hottest(MAX_KEYS).stream().map(GatewayState.Key::of).toList());
	}

	/**
	 * Returns the statement of a month's account.
	 * @param part <code>accounts</code>
	 * @param month year and month, or null for the current one
	 */
	@ReadOperation(produces = { "application/json", "text/csv" })
	Mono<WebEndpointResponse<?>> read(@Selector String part, @Nullable String month) {
		return part.equals("accounts") ? statements.of(month)
				: Mono.just(new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
	}

	private GatewayState.Upstream upstream() {
		Optional<Obstacle> obstacle = availability.obstacle();
		return new GatewayState.Upstream(obstacle.isEmpty(), obstacle.map(Obstacle::reason).orElse(null),
				guard.pauseLeft().toSeconds(), guard.isKeyRefused(), guard.refusedEndpoints());
	}

	/**
	 * Makes the selected responses stale. They are used and refreshed like other stale
	 * responses, so that a purge cannot spend the budget.
	 */
	@DeleteOperation
	Mono<WebEndpointResponse<?>> expire() {
		return Mono.deferContextual((request) -> {
			Map<String, List<String>> parameters = ServerWebExchangeContextFilter.getExchange(request)
				.<Map<String, List<String>>>map((exchange) -> exchange.getRequest().getQueryParams())
				.orElse(Map.of());
			return switch (selections.of(parameters)) {
				case Selection.Selected(Subjects subjects) -> purges.expire(subjects);
				case Selection.Rejected rejected -> purges.reject(parameters, rejected);
			};
		});
	}

	/**
	 * Corrects the calls of others by the number that HyperTracker shows.
	 * @param used all calls of the plan in the current period
	 * @param window day or month, or null for the longest one
	 */
	@WriteOperation
	Mono<WebEndpointResponse<?>> correct(@Nullable String used, @Nullable String window) {
		return corrections.correct(used, window);
	}

}
