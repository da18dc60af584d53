package io.htgateway.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The loads under way, at most one a key. A load runs for all who wait for it and for the
 * cache: nobody who goes away stops it.
 */
final class Flights {

	private final ConcurrentMap<CacheKey, CompletableFuture<CachedResponse>> running = new ConcurrentHashMap<>();

	/**
	 * The load under way for the given key, or null.
	 */
	@Nullable Mono<CachedResponse> find(CacheKey key) {
		CompletableFuture<CachedResponse> flight = running.get(key);
		return (flight == null) ? null : await(flight);
	}

	/**
	 * Starts the given load, unless one is under way for the key already.
	 * @return the started load, or null when there was one
	 */
	@Nullable Mono<CachedResponse> start(CacheKey key, Mono<CachedResponse> load) {
		CompletableFuture<CachedResponse> flight = new CompletableFuture<>();
		if (running.putIfAbsent(key, flight) != null) {
			return null;
		}
		load.switchIfEmpty(Mono.error(() -> new IllegalStateException("a load must not end empty")))
			.subscribe((response) -> {
				running.remove(key, flight);
				flight.complete(response);
			}, (failure) -> {
				running.remove(key, flight);
				flight.completeExceptionally(failure);
			});
		return await(flight);
	}

	private static Mono<CachedResponse> await(CompletableFuture<CachedResponse> flight) {
		return Mono.fromFuture(flight, true);
	}

}
