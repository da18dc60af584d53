package io.htgateway.shared.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * Meters of lookups and stored responses in the tier that replicas share.
 */
final class SecondLevelMeters {

	private final Counter hits;

	private final Counter misses;

	private final Counter failedLookups;

	private final Counter puts;

	private final Counter failedPuts;

	SecondLevelMeters(MeterRegistry meters) {
		this.hits = lookups(meters, "hit");
		this.misses = lookups(meters, "miss");
		this.failedLookups = lookups(meters, "failed");
		this.puts = puts(meters, "stored");
		this.failedPuts = puts(meters, "failed");
	}

	private static Counter lookups(MeterRegistry meters, String outcome) {
		return Counter.builder("gateway.shared.lookups")
			.description("Lookups of responses that other replicas may have stored")
			.tag("outcome", outcome)
			.register(meters);
	}

	private static Counter puts(MeterRegistry meters, String outcome) {
		return Counter.builder("gateway.shared.puts")
			.description("Responses stored for other replicas")
			.tag("outcome", outcome)
			.register(meters);
	}

	<T> Mono<T> countLookup(Mono<T> lookup) {
		return lookup.doOnSuccess((found) -> ((found != null) ? hits : misses).increment())
			.doOnError((failure) -> failedLookups.increment());
	}

	<T> Mono<T> countPut(Mono<T> put) {
		return put.doOnSuccess((stored) -> puts.increment()).doOnError((failure) -> failedPuts.increment());
	}

}
