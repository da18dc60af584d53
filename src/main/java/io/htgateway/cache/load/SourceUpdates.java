package io.htgateway.cache.load;

import java.time.Duration;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.cache.store.UpdateCycle;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge about the updates of sources, which the cache uses and loads add to.
 */
public interface SourceUpdates {

	/**
	 * Knows no updates.
	 */
	SourceUpdates NONE = new SourceUpdates() {

		@Override
		public UpdateCycle cycle(CacheKey key) {
			return UpdateCycle.UNKNOWN;
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
	 * Returns the cycle of the source of the given key.
	 */
	UpdateCycle cycle(CacheKey key);

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

}
