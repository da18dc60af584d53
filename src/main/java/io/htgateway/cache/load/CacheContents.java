package io.htgateway.cache.load;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.cache.store.Subjects;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The contents of the cache for operators: metrics, hot keys and purges.
 */
public final class CacheContents implements MeterBinder {

	private final Cache<CacheKey, StoredResponse> stored;

	private final Policy.Eviction<CacheKey, StoredResponse> bounds;

	private final SecondLevelCache shared;

	private final InFlightLoads inFlight;

	private final InstantSource clock;

	CacheContents(Cache<CacheKey, StoredResponse> stored, SecondLevelCache shared, InFlightLoads inFlight,
			InstantSource clock) {
		this.stored = stored;
		this.shared = shared;
		this.bounds = stored.policy().eviction().orElseThrow();
		this.inFlight = inFlight;
		this.clock = clock;
	}

	/**
	 * Returns the keys that are requested most often and most recently, without parts of
	 * other responses.
	 */
	public List<StoredKey> hottest(int limit) {
		Instant now = clock.instant();
		return bounds.hottest(limit)
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isPart() && entry.getValue().isUsable(now))
			.map((entry) -> storedKey(entry.getKey(), entry.getValue(), now))
			.toList();
	}

	/**
	 * Purges the given subjects in all replicas: their fresh responses become stale, as
	 * if their lifetime had ended.
	 * @return the result in this replica
	 */
	public Expired expireEverywhere(Subjects subjects) {
		shared.expire(subjects);
		return expire(subjects, Instant.MAX);
	}

	/**
	 * Purges the responses of the given subjects in this replica that were fetched before
	 * the given time.
	 */
	public Expired expire(Subjects subjects, Instant before) {
		Instant now = clock.instant();
		int found = 0;
		int expired = 0;
		for (Map.Entry<CacheKey, StoredResponse> entry : stored.asMap().entrySet()) {
			CacheKey key = entry.getKey();
			StoredResponse response = entry.getValue();
			if (!key.isPurgeable() || !response.isUsable(now) || !subjects.test(key.subject())
					|| !response.fetchedAt().isBefore(before)) {
				continue;
			}
			// A stale response may wait for an update of its source, unless it is
			// outdated.
			boolean isReplaced = (response.isFresh(now) || !response.isOutdated(now))
					&& stored.asMap().replace(key, response, response.expired(now));
			boolean isExpired = isReplaced && response.isFresh(now);
			if (!key.isPart()) {
				found++;
				expired += isExpired ? 1 : 0;
			}
		}
		return new Expired(found, expired);
	}

	/**
	 * The result of a purge.
	 *
	 * @param found number of selected responses, including stale ones
	 * @param expired number of those that were fresh and are now stale
	 */
	public record Expired(int found, int expired) {
	}

	private static StoredKey storedKey(CacheKey key, StoredResponse entry, Instant now) {
		return new StoredKey(key.subject(), entry.age(now), entry.ttl(now), entry.hits().count());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.cache.size", bounds, (current) -> current.weightedSize().orElse(0))
			.description("Memory used by stored responses")
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("gateway.cache.max", bounds, Policy.Eviction::getMaximum)
			.description("Maximum memory for stored responses")
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("gateway.cache.entries", stored, Cache::estimatedSize)
			.description("Number of stored responses")
			.register(registry);
		Gauge.builder("gateway.cache.loads", inFlight, InFlightLoads::count)
			.description("Number of loads in flight")
			.register(registry);
	}

}
