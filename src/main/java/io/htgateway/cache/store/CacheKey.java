package io.htgateway.cache.store;

/**
 * What identifies a cached response: a record of validated, canonical values, never a raw
 * URI, a header or who asked.
 */
public interface CacheKey {

	/**
	 * The key as text in ASCII, the same in every replica and of no other key.
	 */
	String text();

	/**
	 * What the response is about.
	 */
	default Subject subject() {
		return Subject.NONE;
	}

	/**
	 * Whether the response belongs to one of another key, and goes with it.
	 */
	default boolean isPart() {
		return false;
	}

	/**
	 * Whether the response becomes stale when an operator lets those of its subject be
	 * stale.
	 */
	default boolean isPurged() {
		return !isPart();
	}

}
