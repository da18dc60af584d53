package io.htgateway.traffic;

import java.util.Locale;

import io.htgateway.cache.CacheOutcome;

/**
 * What became of a request.
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
	 * Answered with what was loaded for another request at the same time.
	 */
	COLLAPSED,

	/**
	 * Answered from the cache after its source confirmed it.
	 */
	REVALIDATED,

	/**
	 * Answered with what was loaded for it.
	 */
	MISS,

	/**
	 * Answered with what was loaded and is not stored.
	 */
	BYPASS,

	/**
	 * Not answered, because no load was possible or wanted: no call was made for it.
	 */
	REFUSED,

	/**
	 * Not answered, because the request is wrong.
	 */
	INVALID,

	/**
	 * Not answered, because the upstream says that the request is wrong, or said so a
	 * moment ago.
	 */
	REJECTED,

	/**
	 * Not answered, because the load or the gateway failed.
	 */
	FAILED,

	/**
	 * The client went away before it was answered.
	 */
	ABORTED;

	private final String tag = name().toLowerCase(Locale.ROOT);

	/**
	 * What became of a request that was answered with a result of the given kind.
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
	 * Its name in metrics and logs.
	 */
	public String tag() {
		return tag;
	}

}
