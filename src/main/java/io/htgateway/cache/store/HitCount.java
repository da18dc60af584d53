package io.htgateway.cache.store;

import java.util.concurrent.atomic.LongAdder;

/**
 * Number of requests for a key that this replica answered. Threads that count at the same
 * time do not wait for each other.
 */
public final class HitCount {

	private final LongAdder hits = new LongAdder();

	private final LongAdder loads = new LongAdder();

	/**
	 * Counts a request that was answered from the cache.
	 */
	public void add() {
		hits.increment();
	}

	/**
	 * Counts a request that waited for a load.
	 */
	public void addLoaded() {
		loads.increment();
	}

	/**
	 * Returns the number of requests that were answered from the cache.
	 */
	public long count() {
		return hits.sum();
	}

	/**
	 * Returns the number of all requests, those that waited for a load included.
	 */
	public long requests() {
		return hits.sum() + loads.sum();
	}

}
