package io.htgateway.cache.load;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.StoredKey;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.cache.store.Subjects;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * What is stored and what is being loaded, for those who look from outside.
 */
public final class CacheContents implements MeterBinder {

	private final Cache<CacheKey, StoredResponse> stored;

	private final Policy.Eviction<CacheKey, StoredResponse> bounds;

	private final SecondLevelCache shared;

	private final InFlightLoads flights;

	private final InstantSource clock;

	CacheContents(Cache<CacheKey, StoredResponse> stored, SecondLevelCache shared, InFlightLoads flights,
			InstantSource clock) {
		this.stored = stored;
		this.shared = shared;
		this.bounds = stored.policy().eviction().orElseThrow();
		this.flights = flights;
		this.clock = clock;
	}

	/**
	 * The keys that are asked for most and latest.
	 */
	public List<StoredKey> hottest(int limit) {
		Instant now = clock.instant();
		return bounds.hottest(limit)
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isPart() && entry.getValue().isUseful(now))
			.map((entry) -> inUse(entry.getKey(), entry.getValue(), now))
			.toList();
	}

	/**
	 * Lets the fresh responses of the given subjects be stale from now on in all
	 * replicas, as if their lifetime had ended.
	 * @return what came of it in this one
	 */
	public Expired expireEverywhere(Subjects subjects) {
		shared.expire(subjects);
		return expire(subjects, Instant.MAX);
	}

	/**
	 * Lets those of them be stale in this replica that were fetched before the given
	 * time.
	 */
	public Expired expire(Subjects subjects, Instant before) {
		Instant now = clock.instant();
		int found = 0;
		int expired = 0;
		for (Map.Entry<CacheKey, StoredResponse> entry : stored.asMap().entrySet()) {
			CacheKey key = entry.getKey();
			StoredResponse response = entry.getValue();
			if (!key.isPurged() || !response.isUseful(now) || !subjects.test(key.subject())
					|| !response.fetchedAt().isBefore(before)) {
				continue;
			}
			boolean isExpired = response.isFresh(now) && stored.asMap().replace(key, response, response.expired(now));
			if (!key.isPart()) {
				found++;
				expired += isExpired ? 1 : 0;
			}
		}
		return new Expired(found, expired);
	}

	/**
	 * What came of letting responses be stale.
	 *
	 * @param found how many responses were meant, stale ones included
	 * @param expired how many of them are stale now that were fresh
	 */
	public record Expired(int found, int expired) {
	}

	private static StoredKey inUse(CacheKey key, StoredResponse entry, Instant now) {
		return new StoredKey(key.subject(), entry.age(now), entry.ttl(now), entry.uses().count());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.cache.size", bounds, (current) -> current.weightedSize().orElse(0))
			.description("Memory that stored responses take")
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("gateway.cache.max", bounds, Policy.Eviction::getMaximum)
			.description("Most memory that stored responses may take")
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("gateway.cache.entries", stored, Cache::estimatedSize)
			.description("Stored responses")
			.register(registry);
		Gauge.builder("gateway.cache.loads", flights, InFlightLoads::count)
			.description("LeasedLoads under way")
			.register(registry);
	}

}
