package io.htgateway.cache.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Approximate number of requests that a key answered from the cache. Counting costs no
 * more than a plain addition, so two additions at the same time may count as one.
 */
public final class HitCount {

	private final AtomicLong count = new AtomicLong();

	public void add() {
		count.setOpaque(count.getOpaque() + 1);
	}

	public long count() {
		return count.getOpaque();
	}

}
