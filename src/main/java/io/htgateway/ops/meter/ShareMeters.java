package io.htgateway.ops.meter;

import java.util.function.ToLongFunction;

import io.htgateway.access.authentication.KnownShares;
import io.htgateway.access.authentication.Teams;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Share;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * Meters of the calls that are reserved for each team.
 */
@Component
final class ShareMeters implements MeterBinder {

	private final CallBudget budget;

	private final Teams teams;

	private final KnownShares shares;

	ShareMeters(CallBudget budget, Teams teams, KnownShares shares) {
		this.budget = budget;
		this.teams = teams;
		this.shares = shares;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		teams.forEachName((team) -> budget.snapshot().windows().forEach((window) -> bind(registry, team, window)));
	}

	private void bind(MeterRegistry registry, String team, BudgetSnapshot.Window window) {
		bind(registry, "remaining", "Calls that are reserved for the team now", team, window.name(), Share::remaining);
		bind(registry, "limit", "The team's share of the window's calls", team, window.name(), Share::limit);
	}

	private void bind(MeterRegistry registry, String name, String description, String team, String window,
			ToLongFunction<Share> value) {
		Gauge.builder("gateway.share." + name, shares, (known) -> value.applyAsLong(known.of(team, window)))
			.description(description)
			.tags("team", team, "window", window)
			.register(registry);
	}

}
