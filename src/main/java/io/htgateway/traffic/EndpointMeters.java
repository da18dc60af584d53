package io.htgateway.traffic;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the requests of one endpoint by their outcome, and how old the answers were.
 */
public final class EndpointMeters {

	private static final double MILLIS = 1000;

	private final Map<Outcome, Counter> requests = new EnumMap<>(Outcome.class);

	private final DistributionSummary age;

	EndpointMeters(String endpoint, MeterRegistry meters) {
		for (Outcome outcome : Outcome.values()) {
			requests.put(outcome,
					Counter.builder("gateway.requests")
						.description("Requests by what became of them")
						.tags("endpoint", endpoint, "outcome", outcome.tag())
						.register(meters));
		}
		this.age = DistributionSummary.builder("gateway.age")
			.description("Age of the answers when they were given")
			.baseUnit("seconds")
			.tag("endpoint", endpoint)
			.register(meters);
	}

	/**
	 * Counts a request that was answered with data of the given age.
	 */
	public void answered(Outcome outcome, Duration dataAge) {
		unanswered(outcome);
		age.record(dataAge.toMillis() / MILLIS);
	}

	/**
	 * Counts a request that was not answered with data.
	 */
	void unanswered(Outcome outcome) {
		Objects.requireNonNull(requests.get(outcome)).increment();
	}

}
