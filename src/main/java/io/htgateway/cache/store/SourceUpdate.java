package io.htgateway.cache.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The latest known update of the source of some responses. It makes those outdated that
 * were fetched before it.
 */
@FunctionalInterface
public interface SourceUpdate {

	/**
	 * No known update.
	 */
	SourceUpdate NONE = (fetchedAt, now) -> null;

	/**
	 * Returns when the update made a response outdated, or null if it did not so far.
	 * @param fetchedAt when the response was fetched
	 */
	@Nullable Instant outdatedAt(Instant fetchedAt, Instant now);

	/**
	 * Returns an update that made everything outdated at the given time.
	 */
	static SourceUpdate ofAll(Instant time) {
		return (fetchedAt, now) -> time;
	}

}
