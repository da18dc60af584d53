package io.htgateway.ops;

import java.util.List;
import java.util.Set;

import io.htgateway.traffic.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * How many calls fewer were made than clients would have made themselves.
 */
@Component
final class SavedCalls implements MeterBinder {

	private static final Set<String> ANSWERED = Set.of("hit", "stale", "collapsed", "revalidated", "miss", "bypass");

	private final List<Endpoint> endpoints;

	SavedCalls(List<Endpoint> endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Endpoint endpoint : endpoints) {
			Gauge.builder("gateway.calls.saved", registry, (meters) -> saved(meters, endpoint.name()))
				.description("Requests that were answered, less the calls that were made")
				.tag("endpoint", endpoint.name())
				.register(registry);
		}
	}

	private static double saved(MeterRegistry meters, String endpoint) {
		double answered = meters.find("gateway.requests")
			.tag("endpoint", endpoint)
			.tag("outcome", ANSWERED::contains)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
		double calls = meters.find("gateway.upstream.calls")
			.tag("endpoint", endpoint)
			.tag("outcome", (outcome) -> !outcome.startsWith("refused-"))
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
		return answered - calls;
	}

}
