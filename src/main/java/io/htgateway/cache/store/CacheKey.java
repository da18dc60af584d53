package io.htgateway.cache.store;

import org.jspecify.annotations.Nullable;

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
	 * Returns the key of the series in which the history records the versions of the
	 * response. It is unique within the endpoint; null if they cannot be recorded.
	 */
	default @Nullable String series() {
		return null;
	}

	/**
	 * Returns whether the response is a part of the response of another key.
	 */
	default boolean isPart() {
		return false;
	}

	/**
	 * Returns whether the response leaves a full cache before all others, because it does
	 * not change: it can be loaded again whenever it is wanted.
	 */
	default boolean isEvictedFirst() {
		return false;
	}

	/**
	 * Returns whether a purge of its subject makes the response stale.
	 */
	default boolean isPurgeable() {
		return !isPart();
	}

}
