package io.htgateway.cache;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheRefusal;

/**
 * How the cache came by a response (RFC 9211, RFC 5861).
 */
public enum CacheOutcome {

	/**
	 * Stored and fresh.
	 */
	HIT,

	/**
	 * Stored and stale, while one load runs behind it.
	 */
	STALE_WHILE_REVALIDATE,

	/**
	 * Stored and stale, after a load that failed or takes too long.
	 */
	STALE_IF_ERROR,

	/**
	 * Stored and stale, because no load is tried at present.
	 */
	STALE_WITHOUT_CALL,

	/**
	 * Loaded for this request.
	 */
	MISS,

	/**
	 * Loaded for another request at the same time.
	 */
	COLLAPSED,

	/**
	 * Loaded for this request, in place of a stale or outdated one.
	 */
	REPLACED,

	/**
	 * Loaded for another request at the same time, in place of a stale or outdated one.
	 */
	REPLACED_COLLAPSED,

	/**
	 * Stored, and confirmed by its source.
	 */
	REVALIDATED,

	/**
	 * Loaded for this or another request at the same time, and not stored.
	 */
	BYPASS;

	/**
	 * Returns the outcome of a response that needed another one with the given outcome as
	 * well: it is no hit if the other one was loaded.
	 */
	public CacheOutcome and(CacheOutcome other) {
		return (other.cost() > cost()) ? other : this;
	}

	/**
	 * Returns the outcome of a stale response after a load that ended with the given
	 * failure.
	 */
	static CacheOutcome staleAfter(Throwable failure, LoadFailure kind) {
		return (failure instanceof CacheRefusal || kind.isRefusal()) ? STALE_WITHOUT_CALL : STALE_IF_ERROR;
	}

	/**
	 * Returns whether the response was stale, or was answered as one that is.
	 */
	public boolean isStale() {
		return this == STALE_WHILE_REVALIDATE || this == STALE_IF_ERROR || this == STALE_WITHOUT_CALL;
	}

	// 2 for an own load, 1 for another request's
	private int cost() {
		return switch (this) {
			case HIT, STALE_WHILE_REVALIDATE, STALE_WITHOUT_CALL -> 0;
			case COLLAPSED, REPLACED_COLLAPSED -> 1;
			case STALE_IF_ERROR, MISS, REPLACED, REVALIDATED, BYPASS -> 2;
		};
	}

}
