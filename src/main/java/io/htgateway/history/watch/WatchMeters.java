package io.htgateway.history.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the watch list.
 */
record WatchMeters(Watch watch, WatchQuota quota, GapLog gaps) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.history.watch.keys", watch, Watch::keys)
			.description("Number of keys on the watch list")
			.register(registry);
		FunctionCounter.builder("gateway.history.watch.calls", quota, WatchQuota::calls)
			.description("Upstream calls that the watch list caused")
			.register(registry);
		for (Obstacle obstacle : Obstacle.values()) {
			FunctionCounter.builder("gateway.history.watch.missed", gaps, (log) -> log.missed(obstacle))
				.description("Watched keys that were not loaded with a state, by reason")
				.tag("reason", obstacle.text())
				.register(registry);
		}
	}

}
