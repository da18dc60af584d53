package io.htgateway.history.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.htgateway.web.problem.UnavailableException;
import reactor.core.publisher.Mono;

/**
 * Limits the number of simultaneous responses that have bodies of snapshots in memory.
 */
final class ReadSlots {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final Semaphore slots;

	ReadSlots(int count) {
		this.slots = new Semaphore(count);
	}

	/**
	 * Returns the given response, which occupies a slot until it ends. Fails at once if
	 * no slot is free.
	 */
	Mono<Void> limit(Mono<Void> response) {
		return Mono.defer(
				() -> slots.tryAcquire() ? response.doFinally((signal) -> slots.release())
						: Mono.error(new UnavailableException(
								"too many requests read the history; retry after the time in Retry-After",
								RETRY_AFTER)));
	}

}
