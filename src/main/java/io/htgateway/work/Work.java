package io.htgateway.work;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs parsing, hashing and decompression of bodies: small ones on the calling thread,
 * large ones on a worker thread. Passes on every failure, including a JVM {@link Error},
 * which Reactor's own operators do not pass on.
 */
public final class Work {

	// Input that is parsed or hashed in about a tenth of a millisecond, in bytes.
	private static final int SMALL = 64 * 1024;

	private Work() {
	}

	/**
	 * Returns the result of the given work.
	 * @param bytes size of its input
	 */
	public static <T> Mono<T> on(int bytes, Supplier<T> work) {
		return Mono.fromFuture(() -> start(bytes, work), true);
	}

	/**
	 * Starts the given work, which cannot be cancelled.
	 */
	public static <T> CompletableFuture<T> start(int bytes, Supplier<T> work) {
		try {
			return CompletableFuture.supplyAsync(work, (bytes <= SMALL) ? Runnable::run : Work::runOnWorker);
		}
		catch (RuntimeException rejected) {
			return CompletableFuture.failedFuture(rejected);
		}
	}

	private static void runOnWorker(Runnable task) {
		Disposable _ = Schedulers.boundedElastic().schedule(task);
	}

}
