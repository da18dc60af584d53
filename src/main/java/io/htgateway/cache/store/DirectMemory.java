package io.htgateway.cache.store;

import java.nio.ByteBuffer;

/**
 * The memory off the heap, where cached bodies are.
 */
final class DirectMemory {

	/**
	 * Start of the JVM's message for memory off the heap.
	 */
	private static final String NONE_LEFT = "Cannot reserve";

	private DirectMemory() {
	}

	/**
	 * Allocates a buffer of the given size.
	 * @throws CacheRefusal.Overloaded if no memory is left for it. The JVM's own error
	 * would not be passed on to subscribers by Reactor's operators.
	 */
	static ByteBuffer allocate(int size) {
		try {
			return ByteBuffer.allocateDirect(size);
		}
		catch (OutOfMemoryError error) {
			if (error.getMessage() != null && error.getMessage().startsWith(NONE_LEFT)) {
				throw new CacheRefusal.Overloaded("too little memory is left off the heap");
			}
			throw error;
		}
	}

}
