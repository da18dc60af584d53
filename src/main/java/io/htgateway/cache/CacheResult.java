package io.htgateway.cache;

import java.time.Duration;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * The cache's answer to a request.
 *
 * @param response the response to send: the stored one, or a part of it
 * @param key the key under which it is stored
 * @param stored the stored response
 * @param inCache whether the stored response is in the cache, which may have had no room
 * for it
 * @param age the age of the response
 * @param ttl remaining freshness lifetime, negative when stale
 * @param failure why a stale response was not refreshed, if known
 */
public record CacheResult(CachedResponse response, CacheKey key, StoredResponse stored, boolean inCache,
		CacheOutcome outcome, Duration age, Duration ttl, @Nullable Throwable failure) {

	/**
	 * Returns this result with another response, such as a part of the cached one. An
	 * older part makes the result as old as the part.
	 */
	public CacheResult with(CachedResponse part) {
		return new CacheResult(part, key, stored, inCache, outcome, age.plus(older(part)), ttl, failure);
	}

	/**
	 * Returns this result for a request that also needed another response, which had the
	 * given outcome.
	 */
	public CacheResult after(CacheOutcome other) {
		return with(outcome.and(other), failure);
	}

	/**
	 * Returns this result for a request that also needed another response, which is stale
	 * because its load failed.
	 */
	public CacheResult staleAfter(Throwable cause, LoadFailure kind) {
		return with(CacheOutcome.staleAfter(cause, kind), cause);
	}

	private CacheResult with(CacheOutcome other, @Nullable Throwable cause) {
		return new CacheResult(response, key, stored, inCache, other, age, ttl, cause);
	}

	private Duration older(CachedResponse part) {
		Duration difference = part.origin().age().minus(response.origin().age());
		return difference.isNegative() ? Duration.ZERO : difference;
	}

}
