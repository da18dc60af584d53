package io.htgateway.ops.meter;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.observation.LoadOutcome;
import io.htgateway.cache.store.CacheKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;
import reactor.util.context.ContextView;

/**
 * Times loads by endpoint and outcome. Loads that were refused before a call are not
 * timed: they take no time, and would hide slow loads.
 */
@Component
final class LoadMeters implements LoadObserver {

	private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

	private final MeterRegistry meters;

	LoadMeters(MeterRegistry meters) {
		this.meters = meters;
	}

	@Override
	public LoadObservation start(CacheKey key, ContextView context) {
		return new TimedLoad(key.subject().endpoint(), System.nanoTime());
	}

	private void record(String endpoint, String outcome, long start) {
		timers.computeIfAbsent(new Series(endpoint, outcome), this::register)
			.record(Duration.ofNanos(System.nanoTime() - start));
	}

	private Timer register(Series series) {
		return Timer.builder("gateway.load")
			.description("Duration of loads")
			.tags("endpoint", series.endpoint(), "outcome", series.outcome())
			.register(meters);
	}

	private record Series(String endpoint, String outcome) {
	}

	private final class TimedLoad implements LoadObservation {

		private final String endpoint;

		private final long start;

		private TimedLoad(String endpoint, long start) {
			this.endpoint = endpoint;
			this.start = start;
		}

		@Override
		public void awaitedBy(ContextView context) {
		}

		@Override
		public void succeeded(LoadOutcome outcome) {
			record(endpoint, outcome.name().toLowerCase(Locale.ROOT), start);
		}

		@Override
		public void failed(LoadFailure kind, Throwable failure) {
			switch (kind) {
				case REJECTED -> record(endpoint, "rejected", start);
				case UNAVAILABLE, REPORTED, FAILED -> record(endpoint, "failed", start);
				case REFUSED, REFUSED_TO_CLIENT, REFUSED_TO_REFRESH -> {
				}
			}
		}

	}

}
