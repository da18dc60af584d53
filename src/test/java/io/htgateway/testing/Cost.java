package io.htgateway.testing;

import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/**
 * Measures the time of the processor that a task takes on its own thread, which another
 * process does not add to.
 */
public final class Cost {

	private static final int RUNS = 7;

	private Cost() {
	}

	/**
	 * Nanoseconds of the cheapest of some runs.
	 */
	public static long of(Runnable task) {
		return LongStream.range(0, RUNS).map((run) -> once(task)).min().orElseThrow();
	}

	private static long once(Runnable task) {
		long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		task.run();
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
	}

}
