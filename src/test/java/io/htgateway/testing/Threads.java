package io.htgateway.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Many threads that do the same at the same time.
 */
public final class Threads {

	private Threads() {
	}

	/**
	 * How many of the given number of threads the given attempt was a success for.
	 */
	public static long successes(int threads, Callable<Boolean> attempt)
			throws InterruptedException, ExecutionException {
		CountDownLatch ready = new CountDownLatch(threads);
		try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
			long successes = 0;
			for (Future<Boolean> result : IntStream.range(0, threads).mapToObj((number) -> executor.submit(() -> {
				ready.countDown();
				ready.await();
				return attempt.call();
			})).toList()) {
				successes += result.get() ? 1 : 0;
			}
			return successes;
		}
	}

}
