package io.htgateway.cache.load;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.observation.LoadObserver.WatchedLoad;
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
 * The loads under way, at most one a key. A load runs for all who wait for it and for the
 * cache: nobody who goes away stops it.
 */
public final class InFlightLoads {

	private static final Logger LOG = LoggerFactory.getLogger(InFlightLoads.class);

	private final ConcurrentMap<CacheKey, Flight> running = new ConcurrentHashMap<>();

	private final Semaphore loads;

	private final int maxWaiters;

	private final LoadObserver watch;

	public InFlightLoads(int maxLoads, int maxWaiters, LoadObserver watch) {
		this.loads = new Semaphore(maxLoads);
		this.maxWaiters = maxWaiters;
		this.watch = watch;
	}

	/**
	 * The load under way for the given key, or null.
	 */
	public @Nullable Flight find(CacheKey key) {
		return running.get(key);
	}

	/**
	 * How many loads are under way.
	 */
	public int count() {
		return running.size();
	}

	/**
	 * Starts the given load, unless one is under way for the key already.
	 * @return the started load, or null when there was one
	 * @throws CacheRefusal.Overloaded when too many loads run
	 */
	public @Nullable Flight start(CacheQuery request, Mono<Arrival> load) {
		CacheKey key = request.key();
		if (running.containsKey(key)) {
			return null;
		}
		Flight flight = new Flight(maxWaiters, watch.start(key, request.context()));
		if (running.putIfAbsent(key, flight) != null) {
			return null;
		}
		if (!loads.tryAcquire()) {
			running.remove(key, flight);
			CacheRefusal refusal = new CacheRefusal.Overloaded("too many loads are under way");
			flight.fail(LoadFailure.REFUSED, refusal);
			throw refusal;
		}
		try {
			load.subscribe((arrival) -> end(key, flight).succeed(arrival),
					(failure) -> end(key, flight).fail(request.kind(failure), failure));
		}
		catch (RuntimeException | Error failure) {
			LOG.error("Load ended by an error: key={}", key, failure);
			if (running.get(key) == flight) {
				end(key, flight).fail(LoadFailure.FAILED, failure);
			}
		}
		return flight;
	}

	// Out of the table before the result is out: who asks later must not get it.
	private Flight end(CacheKey key, Flight flight) {
		loads.release();
		running.remove(key, flight);
		return flight;
	}

	/**
	 * What a load brought.
	 *
	 * @param entry what is stored now, or would be if the policy stored anything
	 * @param outcome how it was come by
	 */
	public record Arrival(StoredResponse entry, LoadOutcome outcome) {
	}

	/**
	 * A load under way.
	 */
	public static final class Flight {

		// Not a future, which would hold on to waiters that have left until it ends.
		private final Sinks.One<Arrival> result = Sinks.one();

		private final Semaphore places;

		private volatile @Nullable Throwable failure;

		private final WatchedLoad watched;

		private Flight(int maxWaiters, WatchedLoad watched) {
			this.places = new Semaphore(maxWaiters);
			this.watched = watched;
		}

		private void succeed(Arrival arrival) {
			try {
				watched.succeeded(arrival.outcome());
			}
			finally {
				result.tryEmitValue(arrival).orThrow();
			}
		}

		private void fail(LoadFailure kind, Throwable cause) {
			failure = cause;
			try {
				watched.failed(kind, cause);
			}
			finally {
				result.tryEmitError(cause).orThrow();
			}
		}

		/**
		 * Why the load failed, if it did already.
		 */
		public @Nullable Throwable failure() {
			return failure;
		}

		/**
		 * What the load brings to the given request, or its failure. Cancelling stops
		 * waiting, not the load. Fails at once with {@link CacheRefusal.Overloaded} when
		 * too many wait.
		 */
		public Mono<Arrival> await(CacheQuery request) {
			return Mono.defer(() -> {
				watched.awaitedBy(request.context());
				return await();
			});
		}

		/**
		 * The same for the request that has started the load.
		 */
		public Mono<Arrival> await() {
			return Mono.defer(() -> {
				if (!places.tryAcquire()) {
					return Mono.error(new CacheRefusal.Overloaded("too many requests wait for the same load"));
				}
				return apart().doFinally((signal) -> places.release());
			});
		}

		// A JVM error while one request handles the result must not withhold the result
		// from other requests.
		private Mono<Arrival> apart() {
			return Mono.create((waiter) -> waiter.onDispose(result.asMono()
				.subscribe((arrival) -> tell(() -> waiter.success(arrival)),
						(failure) -> tell(() -> waiter.error(failure)))));
		}

		private static void tell(Runnable waiter) {
			try {
				waiter.run();
			}
			catch (RuntimeException | Error failure) {
				LOG.error("CacheQuery ended by an error after its load", failure);
			}
		}

	}

}
