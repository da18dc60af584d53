package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The shared cache: answers from memory while a response is fresh, and otherwise has it
 * loaded once for all who ask at the same time.
 */
public final class ResponseCache {

	private final Cache<CacheKey, CachedResponse> stored;

	private final Flights flights = new Flights();

	private final InstantSource clock;

	ResponseCache(CacheProperties properties, InstantSource clock) {
		this.stored = Caffeine.newBuilder()
			.maximumWeight(properties.maxSize().toBytes())
			.weigher((CacheKey key, CachedResponse response) -> response.weight())
			.build();
		this.clock = clock;
	}

	/**
	 * The response of the given key. A load that was started goes on to its end and is
	 * stored, whoever cancels; its failure is passed on to all who wait for it.
	 * @param load gives the response by calling the upstream; subscribed to at most once
	 */
	public Mono<CacheResult> get(CacheKey key, CachePolicy policy, Mono<CachedResponse> load) {
		return Mono.defer(() -> {
			CachedResponse fresh = fresh(key, policy);
			return (fresh != null) ? Mono.just(hit(fresh, policy)) : load(key, policy, load);
		});
	}

	/**
	 * Forgets the given response, if it is still the one that is stored.
	 */
	public void discard(CacheKey key, CachedResponse response) {
		stored.asMap().remove(key, response);
	}

	private Mono<CacheResult> load(CacheKey key, CachePolicy policy, Mono<CachedResponse> load) {
		Mono<CachedResponse> started = flights.start(key, loadUnlessStored(key, policy, load));
		if (started != null) {
			return started.map((response) -> policy.stores() ? new CacheResult.Miss(response, policy.ttl())
					: new CacheResult.Bypass(response));
		}
		Mono<CachedResponse> running = flights.find(key);
		if (running == null) {
			return get(key, policy, load);
		}
		return running.map((response) -> policy.stores() ? new CacheResult.Collapsed(response, policy.ttl())
				: new CacheResult.Bypass(response));
	}

	// Looks once more, since another load may have ended between the look and the start.
	private Mono<CachedResponse> loadUnlessStored(CacheKey key, CachePolicy policy, Mono<CachedResponse> load) {
		return Mono.defer(() -> {
			CachedResponse fresh = fresh(key, policy);
			return (fresh != null) ? Mono.just(fresh)
					: load.timeout(policy.deadline()).doOnNext((response) -> store(key, policy, response));
		});
	}

	private void store(CacheKey key, CachePolicy policy, CachedResponse response) {
		if (policy.stores()) {
			stored.put(key, response);
		}
	}

	private @Nullable CachedResponse fresh(CacheKey key, CachePolicy policy) {
		CachedResponse response = stored.getIfPresent(key);
		return (response != null && age(response).compareTo(policy.ttl()) < 0) ? response : null;
	}

	private CacheResult hit(CachedResponse response, CachePolicy policy) {
		return new CacheResult.Hit(response, age(response), policy.ttl());
	}

	private Duration age(CachedResponse response) {
		Instant now = clock.instant();
		return now.isAfter(response.fetchedAt()) ? Duration.between(response.fetchedAt(), now) : Duration.ZERO;
	}

}
