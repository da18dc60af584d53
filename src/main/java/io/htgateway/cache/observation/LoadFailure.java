package io.htgateway.cache.observation;

/**
 * What a failed load means for the loads that follow.
 */
public enum LoadFailure {

	/**
	 * The source works, but has nothing under this key, or finds the request wrong.
	 */
	REJECTED,
	/**
	 * The source was not asked, for a reason that holds for every key: it alone knows
	 * when it will be.
	 */
	REFUSED,
	/**
	 * The source was not asked, for a reason that holds for every key, and only for the
	 * client that started the load.
	 */
	REFUSED_TO_CLIENT,
	/**
	 * The source was not asked, for a reason that holds for every key, and only for loads
	 * that replace a usable response.
	 */
	REFUSED_TO_REFRESH,
	/**
	 * The source was asked, and refuses every key: it alone knows for how long.
	 */
	UNAVAILABLE,
	/**
	 * The load failed, and the source itself logs why.
	 */
	REPORTED,
	/**
	 * The load failed.
	 */
	FAILED;

	/**
	 * Whether the key is not to be tried again for a while.
	 */
	public boolean isOfKey() {
		return !isRefusal() && this != UNAVAILABLE;
	}

	/**
	 * Whether the source was not asked.
	 */
	public boolean isRefusal() {
		return this == REFUSED || this == REFUSED_TO_CLIENT || this == REFUSED_TO_REFRESH;
	}

}
