package io.htgateway.shared.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * Counts what is looked for and stored in the second level.
 */
final class SecondLevelMeters {

	private final Counter hits;

	private final Counter misses;

	private final Counter failedFinds;

	private final Counter puts;

	private final Counter failedPuts;

	SecondLevelMeters(MeterRegistry meters) {
		this.hits = finds(meters, "hit");
		this.misses = finds(meters, "miss");
		this.failedFinds = finds(meters, "failed");
		this.puts = puts(meters, "stored");
		this.failedPuts = puts(meters, "failed");
	}

	private static Counter finds(MeterRegistry meters, String outcome) {
		return Counter.builder("gateway.shared.finds")
			.description("Looks for responses that other replicas may have stored")
			.tag("outcome", outcome)
			.register(meters);
	}

	private static Counter puts(MeterRegistry meters, String outcome) {
		return Counter.builder("gateway.shared.puts")
			.description("Responses given to other replicas")
			.tag("outcome", outcome)
			.register(meters);
	}

	<T> Mono<T> countFind(Mono<T> find) {
		return find.doOnSuccess((found) -> ((found != null) ? hits : misses).increment())
			.doOnError((failure) -> failedFinds.increment());
	}

	<T> Mono<T> countPut(Mono<T> put) {
		return put.doOnSuccess((stored) -> puts.increment()).doOnError((failure) -> failedPuts.increment());
	}

}
