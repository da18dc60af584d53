package io.htgateway.cache.observation;

/**
 * Kinds of failed loads, by their consequence for later loads.
 */
public enum LoadFailure {

	/**
	 * The source works, but has nothing under this key or rejects the request as wrong.
	 */
	REJECTED,
	/**
	 * The source refused to make a call, for a reason that holds for every key. It
	 * decides itself when it makes calls again.
	 */
	REFUSED,
	/**
	 * The source refused to make a call, for a reason that holds for every key, but only
	 * for the caller whose request started the load.
	 */
	REFUSED_TO_CLIENT,
	/**
	 * The source refused to make a call, for a reason that holds for every key, but only
	 * for loads that replace a usable response.
	 */
	REFUSED_TO_REFRESH,
	/**
	 * The source made a call and serves no key now. It decides itself when it makes calls
	 * again.
	 */
	UNAVAILABLE,
	/**
	 * The load failed, and the source logs why.
	 */
	REPORTED,
	/**
	 * The load failed.
	 */
	FAILED;

	/**
	 * Returns whether the key must not be loaded again for a while.
	 */
	public boolean needsBackoff() {
		return !isRefusal() && this != UNAVAILABLE;
	}

	/**
	 * Returns whether the source refused to make a call.
	 */
	public boolean isRefusal() {
		return this == REFUSED || this == REFUSED_TO_CLIENT || this == REFUSED_TO_REFRESH;
	}

}
