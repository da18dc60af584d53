package io.htgateway.cache.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often a key was answered from the cache, about: counting costs no more than a plain
 * addition, of which two at the same time may be one.
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
