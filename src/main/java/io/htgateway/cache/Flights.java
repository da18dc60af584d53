package io.htgateway.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The loads under way, at most one a key. A load runs for all who wait for it and for the
 * cache: nobody who goes away stops it.
 */
final class Flights {

	private final ConcurrentMap<CacheKey, Flight> running = new ConcurrentHashMap<>();

	private final Semaphore loads;

	private final int maxWaiters;

	Flights(int maxLoads, int maxWaiters) {
		this.loads = new Semaphore(maxLoads);
		this.maxWaiters = maxWaiters;
	}

	/**
	 * The load under way for the given key, or null.
	 */
	@Nullable Flight find(CacheKey key) {
		return running.get(key);
	}

	/**
	 * How many loads are under way.
	 */
	int count() {
		return running.size();
	}

	/**
	 * Starts the given load, unless one is under way for the key already.
	 * @return the started load, or null when there was one
	 * @throws CacheRefusal.Overloaded when too many loads run
	 */
	@Nullable Flight start(CacheKey key, Mono<Arrival> load) {
		Flight flight = new Flight(maxWaiters);
		if (running.putIfAbsent(key, flight) != null) {
			return null;
		}
		if (!loads.tryAcquire()) {
			running.remove(key, flight);
			CacheRefusal refusal = new CacheRefusal.Overloaded("too many loads are under way");
			flight.fail(refusal);
			throw refusal;
		}
		load.subscribe((arrival) -> end(key, flight).result.tryEmitValue(arrival).orThrow(),
				(failure) -> end(key, flight).fail(failure));
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
	 */
	record Arrival(StoredResponse entry, Way way) {

		/**
		 * How it was come by.
		 */
		enum Way {

			/**
			 * Its source gave it.
			 */
			LOADED,
			/**
			 * It is the previous response, confirmed by its source.
			 */
			REVALIDATED,
			/**
			 * Another load had brought it, here or in another replica.
			 */
			FOUND

		}

	}

	/**
	 * A load under way.
	 */
	static final class Flight {

		// Not a future, which would hold on to waiters that have left until it ends.
		private final Sinks.One<Arrival> result = Sinks.one();

		private final Semaphore places;

		private volatile @Nullable Throwable failure;

		private Flight(int maxWaiters) {
			this.places = new Semaphore(maxWaiters);
		}

		private void fail(Throwable cause) {
			failure = cause;
			result.tryEmitError(cause).orThrow();
		}

		/**
		 * Why the load failed, if it did already.
		 */
		@Nullable Throwable failure() {
			return failure;
		}

		/**
		 * What the load brings, or its failure. Cancelling stops waiting, not the load.
		 * Fails at once with {@link CacheRefusal.Overloaded} when too many wait.
		 */
		Mono<Arrival> await() {
			return Mono.defer(() -> {
				if (!places.tryAcquire()) {
					return Mono.error(new CacheRefusal.Overloaded("too many requests wait for the same load"));
				}
				return result.asMono().doFinally((signal) -> places.release());
			});
		}

	}

}
