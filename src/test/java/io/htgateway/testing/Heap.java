package io.htgateway.testing;

import java.lang.management.ManagementFactory;

/**
 * The heap of this process.
 */
public final class Heap {

	private Heap() {
	}

	/**
	 * The bytes in use after a collection.
	 */
	public static long inUse() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
