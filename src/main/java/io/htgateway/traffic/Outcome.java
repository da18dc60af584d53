package io.htgateway.traffic;

import java.util.Locale;

import io.htgateway.cache.CacheOutcome;

/**
 * Outcome of a request.
 */
public enum Outcome {

	/**
	 * Answered from the cache, fresh.
	 */
	HIT,

	/**
	 * Answered from the cache, stale.
	 */
	STALE,

	/**
	 * Answered by a load that another request had started.
	 */
	COLLAPSED,

	/**
	 * Answered from the cache after its source confirmed it.
	 */
	REVALIDATED,

	/**
	 * Answered by a load that the request itself started.
	 */
	MISS,

	/**
	 * Answered by a load whose response is not stored.
	 */
	BYPASS,

	/**
	 * Not answered: no load was allowed or wanted, and no call was made.
	 */
	REFUSED,

	/**
	 * Not answered: the request is invalid.
	 */
	INVALID,

	/**
	 * Not answered: the upstream rejected the request, now or a moment ago.
	 */
	REJECTED,

	/**
	 * Not answered: the load or the gateway failed.
	 */
	FAILED,

	/**
	 * The client disconnected before it was answered.
	 */
	ABORTED;

	private final String tag = name().toLowerCase(Locale.ROOT);

	/**
	 * Returns the outcome of a request that was answered with a result of the given kind.
	 */
	public static Outcome of(CacheOutcome outcome) {
		return switch (outcome) {
			case HIT -> HIT;
			case STALE_WHILE_REVALIDATE, STALE_IF_ERROR, STALE_WITHOUT_CALL -> STALE;
			case COLLAPSED, REPLACED_COLLAPSED -> COLLAPSED;
			case REVALIDATED -> REVALIDATED;
			case MISS, REPLACED -> MISS;
			case BYPASS -> BYPASS;
		};
	}

	/**
	 * Returns the name of this outcome in metrics and logs.
	 */
	public String tag() {
		return tag;
	}

}
