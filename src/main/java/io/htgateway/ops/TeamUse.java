package io.htgateway.ops;

import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * What a team asked for and what that took, since the start.
 *
 * @param team its name
 * @param requests its requests for mirrored data
 * @param hits those that were answered from the cache, fresh
 * @param upstreamCalls calls that were made for it
 * @param callsSaved the sum of what is saved at each endpoint
 */
record TeamUse(String team, long requests, long hits, long upstreamCalls, long callsSaved) {

	private static final Set<String> ANSWERED = Set.of("hit", "stale", "collapsed", "revalidated", "miss", "bypass",
			"rejected");

	static TeamUse of(String team, MeterRegistry meters) {
		Tags tags = Tags.of("team", team);
		return new TeamUse(team, (long) requests(meters, tags, Set.of()), (long) requests(meters, tags, Set.of("hit")),
				(long) calls(meters, tags), (long) saved(meters, tags));
	}

	/**
	 * Requests with the given tags of one endpoint that were answered, or refused as the
	 * upstream refuses them, less the calls that were made. Calls that fail, or that
	 * nobody waits for, can be more than the requests: then nothing is saved.
	 */
	static double savedOfOne(MeterRegistry meters, Tags tags) {
		return Math.max(0, requests(meters, tags, ANSWERED) - calls(meters, tags));
	}

	private static double saved(MeterRegistry meters, Tags tags) {
		return meters.find("gateway.calls.saved").tags(tags).gauges().stream().mapToDouble(Gauge::value).sum();
	}

	private static double requests(MeterRegistry meters, Tags tags, Set<String> outcomes) {
		return meters.find("gateway.requests")
			.tags(tags)
			.tag("outcome", (outcome) -> outcomes.isEmpty() || outcomes.contains(outcome))
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	private static double calls(MeterRegistry meters, Tags tags) {
		return meters.find("gateway.upstream.calls")
			.tags(tags)
			.tag("outcome", (outcome) -> !outcome.startsWith("refused-"))
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

}
