package io.htgateway.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the history.
 */
final class HistoryMeters implements MeterBinder {

	private static final double MILLIS = 1_000;

	private final Backlog backlog;

	private final HistoryHealth health;

	private final InstantSource dates;

	HistoryMeters(Backlog backlog, HistoryHealth health, InstantSource dates) {
		this.backlog = backlog;
		this.health = health;
		this.dates = dates;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.history.available", health, (state) -> (state.failuresInARow() == 0) ? 1 : 0)
			.description("1 while the history store works")
			.register(registry);
		Gauge.builder("gateway.history.backlog", backlog, Backlog::count)
			.description("Snapshots that wait to be stored")
			.register(registry);
		Gauge.builder("gateway.history.lag", this, HistoryMeters::lag)
			.description("Age of the oldest snapshot that waits to be stored; 0 if none waits")
			.baseUnit("seconds")
			.register(registry);
		counter(registry, "gateway.history.stored", "Snapshots that were stored", health.storedCount());
		counter(registry, "gateway.history.unchanged", "Responses whose body was stored already", health.knownCount());
		counter(registry, "gateway.history.lost", "Snapshots that were lost: gaps in the history", health.lostCount());
		counter(registry, "gateway.history.failures", "Failed operations of the history store", health.failureCount());
	}

	private double lag() {
		Instant oldest = backlog.oldest();
		return (oldest == null) ? 0 : Math.max(0, Duration.between(oldest, dates.instant()).toMillis() / MILLIS);
	}

	private static void counter(MeterRegistry registry, String name, String description, LongAdder count) {
		FunctionCounter.builder(name, count, LongAdder::sum).description(description).register(registry);
	}

}
