package io.htgateway.traffic;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

import io.htgateway.access.authentication.Teams;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Meters of one endpoint: requests by team and outcome, and the age of the data in
 * responses.
 */
public final class EndpointMeters {

	private static final double MILLIS = 1000;

	private final ConcurrentMap<String, Counts> requests = new ConcurrentHashMap<>();

	private final DistributionSummary age;

	private final String endpoint;

	private final MeterRegistry meters;

	EndpointMeters(String endpoint, Teams teams, MeterRegistry meters) {
		this.endpoint = endpoint;
		this.meters = meters;
		this.age = DistributionSummary.builder("gateway.age")
			.description("Age of the data in responses when they were sent")
			.baseUnit("seconds")
			.tag("endpoint", endpoint)
			.register(meters);
		teams.forEachName(this::counts);
	}

	/**
	 * Counts a request whose response has data of the given age.
	 * @param bytes bytes of the body
	 */
	public void answered(String team, Outcome outcome, Duration dataAge, long bytes) {
		Counts counts = counts(team);
		counts.add(outcome);
		counts.bytes.add(bytes);
		age.record(dataAge.toMillis() / MILLIS);
	}

	/**
	 * Counts a request whose response has no data.
	 */
	void unanswered(String team, Outcome outcome) {
		counts(team).add(outcome);
	}

	/**
	 * Returns the number of requests of the given team with one of the given outcomes.
	 * Its cost does not depend on the number of teams.
	 */
	public long count(String team, Set<Outcome> outcomes) {
		Counts known = requests.get(team);
		return (known != null) ? known.of(outcomes) : 0;
	}

	/**
	 * Passes the number of bytes in bodies that were sent to each team to the given
	 * consumer.
	 */
	public void forEachTeam(ObjLongConsumer<String> bytes) {
		requests.forEach((team, counts) -> bytes.accept(team, counts.bytes.sum()));
	}

	private Counts counts(String team) {
		Counts known = requests.get(team);
		return (known != null) ? known : requests.computeIfAbsent(team, this::register);
	}

	// The meters read these counts, so that the state of the gateway has them without a
	// search in the meters.
	private Counts register(String team) {
		Map<Outcome, LongAdder> counters = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			LongAdder count = new LongAdder();
			FunctionCounter.builder("gateway.requests", count, LongAdder::sum)
				.description("Requests by endpoint, outcome and team")
				.tags("endpoint", endpoint, "outcome", outcome.tag(), "team", team)
				.register(meters);
			counters.put(outcome, count);
		}
		return new Counts(counters, new LongAdder());
	}

	/**
	 * Counts of one team.
	 *
	 * @param requests requests by outcome
	 * @param bytes bytes in bodies
	 */
	private record Counts(Map<Outcome, LongAdder> requests, LongAdder bytes) {

		private void add(Outcome outcome) {
			Objects.requireNonNull(requests.get(outcome)).increment();
		}

		private long of(Set<Outcome> outcomes) {
			return outcomes.stream().map(requests::get).filter(Objects::nonNull).mapToLong(LongAdder::sum).sum();
		}

	}

}
