package io.htgateway.work;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs parsing, hashing and decompression of bodies: small ones on the calling thread,
 * large ones on a thread that may be busy for long. Whatever ends the work is told, an
 * {@link Error} of the JVM too, which Reactor's own operators do not pass on.
 */
public final class Work {

	// Read or hashed in about a tenth of a millisecond.
	private static final int SMALL = 64 * 1024;

	private Work() {
	}

	/**
	 * The result of the given work.
	 * @param bytes size of what is worked on
	 */
	public static <T> Mono<T> on(int bytes, Supplier<T> work) {
		return Mono.fromFuture(() -> start(bytes, work), true);
	}

	/**
	 * Starts the given work, which nobody can cancel.
	 */
	public static <T> CompletableFuture<T> start(int bytes, Supplier<T> work) {
		try {
			return CompletableFuture.supplyAsync(work, (bytes <= SMALL) ? Runnable::run : Work::runElsewhere);
		}
		catch (RuntimeException rejected) {
			return CompletableFuture.failedFuture(rejected);
		}
	}

	private static void runElsewhere(Runnable task) {
		Disposable _ = Schedulers.boundedElastic().schedule(task);
	}

}
