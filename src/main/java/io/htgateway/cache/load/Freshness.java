package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.StoredResponse;

/**
 * Rules for how long responses are fresh, and when stale ones may be refreshed.
 *
 * @param pace lengthens both if the call budget requires it
 * @param jitter maximum random extension of a lifetime, as a part of it
 */
public record Freshness(Pace pace, double jitter) {

	/**
	 * Returns the lifetime of a response that is stored now. Jitter makes it longer and
	 * never shorter, so that spreading loads does not add any.
	 */
	Duration lifetime(CacheKey key, CachePolicy policy) {
		Duration ttl = extended(policy, ThreadLocalRandom.current().nextDouble());
		return isPaced(policy) ? pace.lifetime(key, ttl) : ttl;
	}

	/**
	 * Returns the longest lifetime that a response of the given policy can have.
	 */
	public Duration longest(CachePolicy policy) {
		Duration ttl = extended(policy, 1);
		return (isPaced(policy) && pace.longest().compareTo(ttl) > 0) ? pace.longest() : ttl;
	}

	private Duration extended(CachePolicy policy, double partOfJitter) {
		return Duration.ofMillis((long) (policy.ttl().toMillis() * (1 + partOfJitter * jitter)));
	}

	/**
	 * Returns whether the given stale response may be refreshed. A response that will
	 * soon be unusable always may: to load it later would cost the same.
	 */
	public boolean isDue(CacheKey key, CachePolicy policy, StoredResponse entry, Instant now) {
		return !isPaced(policy) || entry.isAlmostUnusable(now)
				|| pace.isDue(key, policy.ttl(), entry.response().origin().sinceFetched(now), entry.hits());
	}

	// A response that is never sent stale cannot wait to be refreshed.
	private static boolean isPaced(CachePolicy policy) {
		return policy.stores() && policy.staleWindow().isPositive();
	}

}
