package io.htgateway.state;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the state clock.
 */
final class StateMeters implements MeterBinder {

	private static final double MILLIS = 1_000;

	private final Map<StateSource, LongAdder> updates = new EnumMap<>(StateSource.class);

	private final StateClock state;

	private final Followers followers;

	private final InstantSource clock;

	StateMeters(StateClock state, Followers followers, InstantSource clock) {
		this.state = state;
		this.followers = followers;
		this.clock = clock;
		for (StateSource source : StateSource.values()) {
			updates.put(source, new LongAdder());
		}
		state.onUpdate(this::updated);
	}

	private void updated(Timeline timeline) {
		updates.computeIfAbsent(timeline.source(), (source) -> new LongAdder()).increment();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.state.known", this, (meters) -> meters.isKnown() ? 1 : 0)
			.description("1 while state updates are known and responses follow them")
			.register(registry);
		Gauge.builder("gateway.state.age", this, StateMeters::age)
			.description("Time since the newest known state of the upstream; NaN if none is known")
			.baseUnit("seconds")
			.register(registry);
		followers.all()
			.forEach((follower) -> Gauge
				.builder("gateway.state.follows", this, (meters) -> meters.follows(follower) ? 1 : 0)
				.description("1 while the endpoint follows the state, 0 while it changed between updates")
				.tag("endpoint", follower.endpoint())
				.register(registry));
		updates.forEach((source, count) -> FunctionCounter.builder("gateway.state.updates", count, LongAdder::sum)
			.description("State updates by the source that reported them first")
			.tag("source", source.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.register(registry));
	}

	private boolean isKnown() {
		return state.predictable(clock.instant()) != null;
	}

	private double age() {
		Timeline timeline = state.newest();
		return (timeline != null) ? Duration.between(timeline.published(), clock.instant()).toMillis() / MILLIS
				: Double.NaN;
	}

	private boolean follows(Follower follower) {
		return follower.isTrusted(clock.instant());
	}

}
