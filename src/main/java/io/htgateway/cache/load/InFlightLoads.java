package io.htgateway.cache.load;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.observation.LoadObserver.LoadObservation;
import io.htgateway.cache.observation.LoadOutcome;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The loads in flight, at most one for each key. A load serves every request that waits
 * for it, and the cache: it goes on when they are cancelled.
 */
public final class InFlightLoads {

	private static final Logger LOG = LoggerFactory.getLogger(InFlightLoads.class);

	private final ConcurrentMap<CacheKey, InFlightLoad> running = new ConcurrentHashMap<>();

	private final Semaphore permits;

	private final int maxWaiters;

	private final LoadObserver observer;

	public InFlightLoads(int maxLoads, int maxWaiters, LoadObserver observer) {
		this.permits = new Semaphore(maxLoads);
		this.maxWaiters = maxWaiters;
		this.observer = observer;
	}

	/**
	 * Returns the load in flight for the given key, or null.
	 */
	public @Nullable InFlightLoad find(CacheKey key) {
		return running.get(key);
	}

	/**
	 * Returns the number of loads in flight.
	 */
	public int count() {
		return running.size();
	}

	/**
	 * Starts the given load, unless one is in flight for the key.
	 * @return the started load, or null if another one was in flight
	 * @throws CacheRefusal.Overloaded when too many loads are in flight
	 */
	public @Nullable InFlightLoad start(CacheQuery query, Mono<LoadResult> source) {
		CacheKey key = query.key();
		if (running.containsKey(key)) {
			return null;
		}
		InFlightLoad load = new InFlightLoad(maxWaiters, observer.start(key, query.context()));
		if (running.putIfAbsent(key, load) != null) {
			return null;
		}
		if (!permits.tryAcquire()) {
			running.remove(key, load);
			CacheRefusal refusal = new CacheRefusal.Overloaded("too many loads are in flight");
			load.fail(LoadFailure.REFUSED, refusal);
			throw refusal;
		}
		try {
			source.subscribe((result) -> end(key, load).succeed(result),
					(failure) -> end(key, load).fail(query.classify(failure), failure));
		}
		catch (RuntimeException | Error failure) {
			LOG.error("Load ended by an unexpected error: key={}", key, failure);
			if (running.get(key) == load) {
				end(key, load).fail(LoadFailure.FAILED, failure);
			}
		}
		return load;
	}

	// Removes the load before it publishes the result: a later request must not get it.
	private InFlightLoad end(CacheKey key, InFlightLoad load) {
		permits.release();
		running.remove(key, load);
		return load;
	}

	/**
	 * The result of a load that succeeded.
	 *
	 * @param entry the stored response, or what would be stored if the policy stored
	 * anything
	 * @param outcome how the load obtained it
	 */
	public record LoadResult(StoredResponse entry, LoadOutcome outcome) {
	}

	/**
	 * A load in flight.
	 */
	public static final class InFlightLoad {

		// Not a future: it would hold waiters that have left until the load ends.
		private final Sinks.One<LoadResult> result = Sinks.one();

		private final Semaphore waiterPermits;

		private volatile @Nullable Throwable failure;

		private final LoadObservation observation;

		private InFlightLoad(int maxWaiters, LoadObservation observation) {
			this.waiterPermits = new Semaphore(maxWaiters);
			this.observation = observation;
		}

		private void succeed(LoadResult loaded) {
			try {
				observation.succeeded(loaded.outcome());
			}
			finally {
				result.tryEmitValue(loaded).orThrow();
			}
		}

		private void fail(LoadFailure kind, Throwable cause) {
			failure = cause;
			try {
				observation.failed(kind, cause);
			}
			finally {
				result.tryEmitError(cause).orThrow();
			}
		}

		/**
		 * Returns the failure of the load, or null if it has not failed so far.
		 */
		public @Nullable Throwable failure() {
			return failure;
		}

		/**
		 * Waits for this load on behalf of a request that did not start it. Cancelling
		 * ends the wait, not the load. Fails as the load fails, or at once with
		 * {@link CacheRefusal.Overloaded} if too many requests wait.
		 */
		public Mono<LoadResult> await(CacheQuery query) {
			return Mono.defer(() -> {
				observation.awaitedBy(query.context());
				return await();
			});
		}

		/**
		 * Waits for this load on behalf of the request that started it, with the same
		 * rules.
		 */
		public Mono<LoadResult> await() {
			return Mono.defer(() -> {
				if (!waiterPermits.tryAcquire()) {
					return Mono.error(new CacheRefusal.Overloaded("too many requests are waiting for the same load"));
				}
				return isolated().doFinally((signal) -> waiterPermits.release());
			});
		}

		// A JVM error while one request handles the result must not withhold the result
		// from other requests.
		private Mono<LoadResult> isolated() {
			return Mono.create((waiter) -> waiter.onDispose(result.asMono()
				.subscribe((loaded) -> deliver(() -> waiter.success(loaded)),
						(cause) -> deliver(() -> waiter.error(cause)))));
		}

		private static void deliver(Runnable delivery) {
			try {
				delivery.run();
			}
			catch (RuntimeException | Error failure) {
				LOG.error("Request ended by an unexpected error after its load; other requests are not affected",
						failure);
			}
		}

	}

}
