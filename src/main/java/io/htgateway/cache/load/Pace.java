package io.htgateway.cache.load;

import java.time.Duration;

import io.htgateway.cache.store.CacheKey;

/**
 * How often responses that may be answered stale are loaded anew.
 */
public interface Pace {

	/**
	 * As often as is configured.
	 */
	Pace NONE = new Pace() {

		@Override
		public Duration lifetime(CacheKey key, Duration ttl) {
			return ttl;
		}

		@Override
		public Duration longest() {
			return Duration.ZERO;
		}

		@Override
		public boolean isDue(CacheKey key, Duration ttl, Duration age) {
			return true;
		}

		@Override
		public double stretch() {
			return 1;
		}

	};

	/**
	 * The freshness lifetime of a response that is stored now, at least the given one.
	 */
	Duration lifetime(CacheKey key, Duration ttl);

	/**
	 * Returns the longest freshness lifetime that this makes of a shorter one.
	 */
	Duration longest();

	/**
	 * Whether a stale response that is asked for now may be loaded anew.
	 * @param ttl freshness lifetime that is configured for it
	 * @param age time since it was loaded
	 */
	boolean isDue(CacheKey key, Duration ttl, Duration age);

	/**
	 * How many times longer than configured responses are kept at present.
	 */
	double stretch();

}
