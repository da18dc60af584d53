package io.htgateway.ops;

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
import io.htgateway.ops.purge.AuditedPurges;
import io.htgateway.ops.purge.Selection;
import io.htgateway.ops.purge.Selections;
import io.htgateway.time.Dates;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import reactor.core.publisher.Mono;

/**
 * Shows operators the gateway at one moment, and lets what is cached be stale when they
 * know better.
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

	private final UpstreamState state;

	private final List<Breaker> breakers;

	private final StartupSummary configurations;

	private final Selections selections;

	private final AuditedPurges purges;

	private final Teams teams;

	private final TeamUsages uses;

	GatewayEndpoint(CacheContents contents, LoadFaults faults, Dates dates, CallBudget budget, Pace pace,
			UpstreamGuard guard, UpstreamState state, List<Breaker> breakers, StartupSummary configurations,
			Selections selections, AuditedPurges purges, Teams teams, TeamUsages uses) {
		this.contents = contents;
		this.faults = faults;
		this.dates = dates;
		this.budget = budget;
		this.pace = pace;
		this.guard = guard;
		this.state = state;
		this.breakers = List.copyOf(breakers);
		this.configurations = configurations;
		this.selections = selections;
		this.purges = purges;
		this.teams = teams;
		this.uses = uses;
	}

	@ReadOperation
	GatewayState read() {
		return new GatewayState(configurations.running(), GatewayState.Budget.of(budget.snapshot()), pace.stretch(),
				upstream(), faults.latest().stream().map((latest) -> GatewayState.LastError.of(latest, dates)).toList(),
				breakers.stream()
					.map((breaker) -> new GatewayState.BreakerState(breaker.name(), breaker.isOpen()))
					.toList(),
				teams.names().stream().map(uses::of).toList(),
				contents.hottest(MAX_KEYS).stream().map(GatewayState.Key::of).toList());
	}

	private GatewayState.Upstream upstream() {
		Optional<Obstacle> obstacle = state.obstacle();
		return new GatewayState.Upstream(obstacle.isEmpty(), obstacle.map(Obstacle::reason).orElse(null),
				guard.pauseLeft().toSeconds(), guard.isKeyRefused(), guard.refusedEndpoints());
	}

	/**
	 * Makes the selected responses stale. They are answered as other stale responses are,
	 * and reloaded as those are, so that this cannot spend the budget.
	 */
	@DeleteOperation
	Mono<WebEndpointResponse<?>> expire() {
		return Mono.deferContextual((request) -> {
			Map<String, List<String>> parameters = ServerWebExchangeContextFilter.getExchange(request)
				.<Map<String, List<String>>>map((exchange) -> exchange.getRequest().getQueryParams())
				.orElse(Map.of());
			return switch (selections.of(parameters)) {
				case Selection.Meant(Subjects subjects) -> purges.expire(subjects);
				case Selection.Refused refused -> purges.refuse(parameters, refused);
			};
		});
	}

}
