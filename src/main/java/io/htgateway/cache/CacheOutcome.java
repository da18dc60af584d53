package io.htgateway.cache;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheRefusal;

/**
 * How the cache answered a request (RFC 9211, RFC 5861).
 */
public enum CacheOutcome {

	/**
	 * Stored and fresh.
	 */
	HIT,

	/**
	 * Stored and stale, while one load refreshes it in the background.
	 */
	STALE_WHILE_REVALIDATE,

	/**
	 * Stored and stale, after a load that failed or takes too long.
	 */
	STALE_IF_ERROR,

	/**
	 * Stored and stale, because it must not be loaded now.
	 */
	STALE_WITHOUT_CALL,

	/**
	 * Loaded for this request.
	 */
	MISS,

	/**
	 * Loaded for another request that came at the same time.
	 */
	COLLAPSED,

	/**
	 * Loaded for this request, to replace a stale or outdated response.
	 */
	REPLACED,

	/**
	 * Loaded for another request that came at the same time, to replace a stale or
	 * outdated response.
	 */
	REPLACED_COLLAPSED,

	/**
	 * Stored, and confirmed by its source.
	 */
	REVALIDATED,

	/**
	 * Loaded for this request, or another one at the same time, and not stored.
	 */
	BYPASS;

	/**
	 * Returns the outcome of a request that needed a second response with the given
	 * outcome: the more expensive one of the two, so that it is no hit if either was
	 * loaded.
	 */
	public CacheOutcome and(CacheOutcome other) {
		return (other.cost() > cost()) ? other : this;
	}

	/**
	 * Returns the outcome of a request that is answered stale after the given failure of
	 * a load.
	 */
	static CacheOutcome staleAfter(Throwable failure, LoadFailure kind) {
		return (failure instanceof CacheRefusal || kind.isRefusal()) ? STALE_WITHOUT_CALL : STALE_IF_ERROR;
	}

	/**
	 * Returns whether the response was stale, or counts as stale.
	 */
	public boolean isStale() {
		return this == STALE_WHILE_REVALIDATE || this == STALE_IF_ERROR || this == STALE_WITHOUT_CALL;
	}

	// 2 for a load that the request started, 1 for the load of another request, 0 without
	// a load
	private int cost() {
		return switch (this) {
			case HIT, STALE_WHILE_REVALIDATE, STALE_WITHOUT_CALL -> 0;
			case COLLAPSED, REPLACED_COLLAPSED -> 1;
			case STALE_IF_ERROR, MISS, REPLACED, REVALIDATED, BYPASS -> 2;
		};
	}

}
