package io.htgateway.cache.store;

import java.nio.ByteBuffer;

/**
 * Off-heap memory, where cached bodies are stored.
 */
final class DirectMemory {

	/**
	 * Start of the JVM's message when off-heap memory is exhausted.
	 */
	private static final String EXHAUSTED = "Cannot reserve";

	private DirectMemory() {
	}

	/**
	 * Allocates a buffer of the given size.
	 * @throws CacheRefusal.Overloaded if off-heap memory is exhausted. Reactor's
	 * operators would not pass on the JVM's own error to subscribers.
	 */
	static ByteBuffer allocate(int size) {
		try {
			return ByteBuffer.allocateDirect(size);
		}
		catch (OutOfMemoryError error) {
			if (error.getMessage() != null && error.getMessage().startsWith(EXHAUSTED)) {
				throw new CacheRefusal.Overloaded("off-heap memory is exhausted");
			}
			throw error;
		}
	}

}
