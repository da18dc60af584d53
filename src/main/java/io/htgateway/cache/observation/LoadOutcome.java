package io.htgateway.cache.observation;

/**
 * How a load came by what it brought.
 */
public enum LoadOutcome {

	/**
	 * Its source gave it.
	 */
	LOADED,
	/**
	 * It is the previous response, confirmed by its source.
	 */
	REVALIDATED,
	/**
	 * Another load had brought it, here or in another replica.
	 */
	FOUND

}
