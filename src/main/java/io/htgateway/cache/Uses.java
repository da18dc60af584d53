package io.htgateway.cache;

/**
 * How often a key was answered from the cache, about: counting costs no more than a plain
 * addition, of which two at the same time may be one.
 */
final class Uses {

	private long count;

	void add() {
		count++;
	}

	long count() {
		return count;
	}

}
