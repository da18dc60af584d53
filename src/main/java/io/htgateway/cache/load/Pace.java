package io.htgateway.cache.load;

import java.time.Duration;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.HitCount;

/**
 * Sets how often responses that may be sent stale are refreshed.
 */
public interface Pace {

	/**
	 * The pace of the configured lifetimes.
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
		public boolean isDue(CacheKey key, Duration ttl, Duration age, HitCount requests) {
			return true;
		}

		@Override
		public double stretch() {
			return 1;
		}

	};

	/**
	 * Returns the freshness lifetime of a response that is stored now, at least the given
	 * one.
	 */
	Duration lifetime(CacheKey key, Duration ttl);

	/**
	 * Returns the maximum to which this pace lengthens a shorter freshness lifetime.
	 */
	Duration longest();

	/**
	 * Returns whether a stale response that is requested now may be refreshed.
	 * @param ttl its configured freshness lifetime
	 * @param age time since it was loaded
	 * @param requests count of the requests for the key
	 */
	boolean isDue(CacheKey key, Duration ttl, Duration age, HitCount requests);

	/**
	 * Returns by how much fewer loads are currently planned than the configured lifetimes
	 * would take, as a factor of at least 1: the mean stretch of all lifetimes.
	 */
	double stretch();

}
