package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.SourceUpdate;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge about the updates of sources, which the cache uses and loads add to. A source
 * that changes only when it is updated makes a response current until the next update,
 * however old it is.
 */
public interface SourceUpdates {

	/**
	 * Knows no updates.
	 */
	SourceUpdates NONE = new SourceUpdates() {

		@Override
		public SourceUpdate latest(CacheKey key) {
			return SourceUpdate.NONE;
		}

		@Override
		public @Nullable Schedule schedule(CacheKey key, Instant now) {
			return null;
		}

		@Override
		public boolean tryProbe(CacheKey key, Instant now) {
			return false;
		}

		@Override
		public Duration longest() {
			return Duration.ZERO;
		}

		@Override
		public void loaded(CacheKey key, @Nullable StoredResponse previous, CachedResponse loaded) {
		}

	};

	/**
	 * Returns the latest update of the source of the given key, which changes with each
	 * update.
	 */
	SourceUpdate latest(CacheKey key);

	/**
	 * Returns the schedule of the updates, or null if it is not known now: the configured
	 * lifetime applies then.
	 */
	@Nullable Schedule schedule(CacheKey key, Instant now);

	/**
	 * Acquires the permission for one load while an update is due but not known: the body
	 * shows whether the source was updated.
	 */
	boolean tryProbe(CacheKey key, Instant now);

	/**
	 * Returns the maximum freshness lifetime that a schedule of updates can give.
	 */
	Duration longest();

	/**
	 * Learns from a load: a body that changed proves an update, and one that did not
	 * makes it unlikely.
	 * @param previous the response that is replaced, or null
	 */
	void loaded(CacheKey key, @Nullable StoredResponse previous, CachedResponse loaded);

	/**
	 * Schedule of the updates.
	 *
	 * @param updatedAt date of the newest update, by the clock of the source
	 * @param interval usual time between two updates
	 * @param next when the next update is expected; may be in the past
	 * @param knownAt responses that were fetched before this time may be older than the
	 * newest update
	 */
	record Schedule(Instant updatedAt, Duration interval, Instant next, Instant knownAt) {
	}

}
