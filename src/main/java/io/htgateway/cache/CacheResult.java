package io.htgateway.cache;

import java.time.Duration;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * A response, and how the cache came by it.
 *
 * @param response what to answer: the stored response, or a part of it
 * @param key what it is stored under
 * @param stored what it was taken from
 * @param kept whether that is in the cache, where it may have found no place
 * @param age its age
 * @param ttl freshness that is left, negative when stale
 * @param failure why a stale response was not loaded anew, where that is known
 */
public record CacheResult(CachedResponse response, CacheKey key, StoredResponse stored, boolean kept,
		CacheOutcome outcome, Duration age, Duration ttl, @Nullable Throwable failure) {

	/**
	 * The same result with another response, such as a part of the one that was cached.
	 * If the part is older, the result has the age of the part.
	 */
	public CacheResult with(CachedResponse part) {
		return new CacheResult(part, key, stored, kept, outcome, age.plus(older(part)), ttl, failure);
	}

	/**
	 * Returns the same result for a request that needed another response as well, which
	 * had the given outcome.
	 */
	public CacheResult after(CacheOutcome other) {
		return with(outcome.and(other), failure);
	}

	/**
	 * Returns the same result for a request that needed another response as well, whose
	 * load failed and which is answered stale.
	 */
	public CacheResult staleAfter(Throwable cause, LoadFailure kind) {
		return with(CacheOutcome.staleAfter(cause, kind), cause);
	}

	private CacheResult with(CacheOutcome other, @Nullable Throwable cause) {
		return new CacheResult(response, key, stored, kept, other, age, ttl, cause);
	}

	private Duration older(CachedResponse part) {
		Duration difference = part.origin().age().minus(response.origin().age());
		return difference.isNegative() ? Duration.ZERO : difference;
	}

}
