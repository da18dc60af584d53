package io.htgateway.ops.meter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.htgateway.access.authentication.Teams;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Share;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * Meters of the calls that are reserved for each team. All meters of a scrape read the
 * shares once: each reading costs a time that grows with the number of teams.
 */
@Component
final class ShareMeters implements MeterBinder {

	private static final Duration LIFETIME = Duration.ofSeconds(1);

	private static final Share NONE = new Share(0, 0);

	private final CallBudget budget;

	private final Teams teams;

	private final InstantSource clock;

	private volatile Reading latest = new Reading(Instant.MIN, Map.of());

	ShareMeters(CallBudget budget, Teams teams, InstantSource clock) {
		this.budget = budget;
		this.teams = teams;
		this.clock = clock;
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
		Gauge.builder("gateway.share." + name, this, (meters) -> value.applyAsLong(meters.share(team, window)))
			.description(description)
			.tags("team", team, "window", window)
			.register(registry);
	}

	private Share share(String team, String window) {
		return shares().getOrDefault(window, Map.of()).getOrDefault(team, NONE);
	}

	private Map<String, Map<String, Share>> shares() {
		Instant now = clock.instant();
		Reading reading = latest;
		if (!now.isBefore(reading.until())) {
			reading = new Reading(now.plus(LIFETIME), budget.shares());
			latest = reading;
		}
		return reading.shares();
	}

	/**
	 * Shares that were read together.
	 *
	 * @param until when they are read again
	 */
	private record Reading(Instant until, Map<String, Map<String, Share>> shares) {
	}

}
