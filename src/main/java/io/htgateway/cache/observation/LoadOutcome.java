package io.htgateway.cache.observation;

/**
 * How a load obtained its response.
 */
public enum LoadOutcome {

	/**
	 * The source returned a new response.
	 */
	LOADED,
	/**
	 * The source confirmed the previous response.
	 */
	REVALIDATED,
	/**
	 * Another load, here or in another replica, had stored it.
	 */
	FOUND

}
