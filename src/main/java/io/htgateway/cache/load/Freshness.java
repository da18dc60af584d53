package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.StoredResponse;

/**
 * How long responses are fresh, and when stale ones are loaded anew.
 *
 * @param pace what slows both down where loads have to be saved
 * @param jitter largest part of a lifetime that is added to it by chance
 */
public record Freshness(Pace pace, double jitter) {

	/**
	 * The lifetime of a response that is stored now. Chance makes it longer and never
	 * shorter, so that spreading loads does not add to them.
	 */
	Duration lifetime(CacheKey key, CachePolicy policy) {
		Duration ttl = longer(policy, ThreadLocalRandom.current().nextDouble());
		return isPaced(policy) ? pace.lifetime(key, ttl) : ttl;
	}

	/**
	 * Returns the longest lifetime that a response of the given policy can have.
	 */
	public Duration longest(CachePolicy policy) {
		Duration ttl = longer(policy, 1);
		return (isPaced(policy) && pace.longest().compareTo(ttl) > 0) ? pace.longest() : ttl;
	}

	private Duration longer(CachePolicy policy, double chance) {
		return Duration.ofMillis((long) (policy.ttl().toMillis() * (1 + chance * jitter)));
	}

	/**
	 * Whether the given stale response may be loaded anew. One that soon can not be
	 * answered any more always may: to load it then would cost the same.
	 */
	public boolean isDue(CacheKey key, CachePolicy policy, StoredResponse entry, Instant now) {
		return !isPaced(policy) || entry.isEnding(now)
				|| pace.isDue(key, policy.ttl(), entry.response().origin().sinceFetched(now));
	}

	// What is never answered stale cannot wait for its turn.
	private static boolean isPaced(CachePolicy policy) {
		return policy.stores() && policy.staleWindow().isPositive();
	}

}
