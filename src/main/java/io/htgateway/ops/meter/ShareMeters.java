package io.htgateway.ops.meter;

import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import io.htgateway.access.authentication.KnownShares;
import io.htgateway.budget.ConfiguredPlan;
import io.htgateway.budget.share.Share;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * Meters of the calls that are reserved for each team that has a share.
 */
@Component
final class ShareMeters implements MeterBinder {

	private final KnownShares shares;

	private final List<String> windows;

	ShareMeters(KnownShares shares, ConfiguredPlan plan) {
		this.shares = shares;
		this.windows = plan.windows();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind(registry, "remaining", "Calls that are reserved for the team now", Share::remaining);
		bind(registry, "limit", "The team's share of the window's calls", Share::limit);
	}

	private void bind(MeterRegistry registry, String name, String description, ToDoubleFunction<Share> value) {
		MultiGauge gauge = MultiGauge.builder("gateway.share." + name).description(description).register(registry);
		shares.onChange((teams) -> gauge.register(rows(teams, value)));
	}

	private Iterable<MultiGauge.Row<?>> rows(Set<String> teams, ToDoubleFunction<Share> value) {
		return teams
			.stream().<MultiGauge
					.Row<?>>flatMap((team) -> windows.stream().map((window) -> row(team, window, value)))
			.toList();
	}

	private MultiGauge.Row<KnownShares> row(String team, String window, ToDoubleFunction<Share> value) {
		return MultiGauge.Row.of(Tags.of("team", team, "window", window), shares,
				(known) -> value.applyAsDouble(known.of(team, window)));
	}

}
