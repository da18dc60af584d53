package io.htgateway.cache.store;

/**
 * The key of a stored response: a record of validated, canonical values, without raw
 * URIs, headers or the caller.
 */
public interface CacheKey {

	/**
	 * Returns the key as ASCII text, unique to the key and equal in all replicas.
	 */
	String text();

	/**
	 * Returns the subject of the response, by which operators select it.
	 */
	default Subject subject() {
		return Subject.NONE;
	}

	/**
	 * Returns whether the response is a part of the response of another key.
	 */
	default boolean isPart() {
		return false;
	}

	/**
	 * Returns whether a purge of its subject makes the response stale.
	 */
	default boolean isPurgeable() {
		return !isPart();
	}

}
