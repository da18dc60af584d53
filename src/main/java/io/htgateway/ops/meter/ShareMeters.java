package io.htgateway.ops.meter;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.htgateway.access.authentication.KnownShares;
import io.htgateway.budget.share.Share;
import io.htgateway.budget.share.WindowShares;
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

	ShareMeters(KnownShares shares) {
		this.shares = shares;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind(registry, "remaining", "Calls that are reserved for the team now", Share::remaining);
		bind(registry, "limit", "The team's share of the window's calls", Share::limit);
	}

	private void bind(MeterRegistry registry, String name, String description, ToDoubleFunction<Share> value) {
		MultiGauge gauge = MultiGauge.builder("gateway.share." + name).description(description).register(registry);
		shares.onChange((windows) -> gauge.register(rows(windows, value)));
	}

	private Iterable<MultiGauge.Row<?>> rows(List<WindowShares> windows, ToDoubleFunction<Share> value) {
		return windows.stream().<MultiGauge.Row<?>>flatMap((window) -> rows(window, value)).toList();
	}

	private Stream<MultiGauge.Row<KnownShares>> rows(WindowShares window, ToDoubleFunction<Share> value) {
		return window.shares()
			.keySet()
			.stream()
			.map((team) -> MultiGauge.Row.of(Tags.of("team", team, "window", window.window()), shares,
					(known) -> value.applyAsDouble(known.of(team, window.window()))));
	}

}
