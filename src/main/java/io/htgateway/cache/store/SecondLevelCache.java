package io.htgateway.cache.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The second tier of the cache: Redis, which replicas share together with the leases that
 * let one of them load a key, or a directory, which survives a restart. It fails open:
 * any failure of it counts as a miss, or lets every replica load. It transfers ages
 * instead of times, because clocks differ. A tier of one replica has neither leases nor
 * rejections, as the default methods.
 */
public interface SecondLevelCache {

	/**
	 * Stores and shares nothing.
	 */
	SecondLevelCache NONE = new SecondLevelCache() {

		@Override
		public Mono<Entry> find(CacheKey key, @Nullable Instant after) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> put(CacheKey key, Entry entry, Duration usableFor) {
			return Mono.empty();
		}

		@Override
		public void expire(Subjects subjects) {
		}

		@Override
		public String name() {
			return "none";
		}

	};

	/**
	 * Returns the response of the given key, or nothing if it was not fetched after the
	 * given time. Never fails.
	 */
	Mono<Entry> find(CacheKey key, @Nullable Instant after);

	/**
	 * Stores the given response unless a newer one is stored. Never fails.
	 * @param usableFor how long the response may be used, fresh or stale, counted from
	 * when it was fetched
	 */
	Mono<Void> put(CacheKey key, Entry entry, Duration usableFor);

	/**
	 * Acquires the lease that lets one replica load the given key. Never fails. Ends
	 * empty if another replica has the lease, and returns {@link Lease#NONE} if that is
	 * not known within the given time.
	 */
	default Mono<Lease> lease(CacheKey key, Duration timeout) {
		return Mono.just(Lease.NONE);
	}

	/**
	 * Returns the last rejection of the given key at any replica, or nothing. Never
	 * fails.
	 */
	default Mono<Rejection> rejection(CacheKey key) {
		return Mono.empty();
	}

	/**
	 * Shares a rejection of the given key. Never fails.
	 */
	default Mono<Void> reject(CacheKey key, Rejection rejection) {
		return Mono.empty();
	}

	/**
	 * Removes the rejection of the given key. Never fails.
	 */
	default Mono<Void> accept(CacheKey key) {
		return Mono.empty();
	}

	/**
	 * Purges the responses of the given subjects in all other replicas as well.
	 */
	void expire(Subjects subjects);

	/**
	 * Returns the name of this tier for operators.
	 */
	String name();

	/**
	 * A shared response.
	 *
	 * @param lifetime its freshness lifetime, counted from when it was fetched
	 * @param purged whether a purge ended the lifetime
	 */
	record Entry(CachedResponse response, Duration lifetime, boolean purged) {

		/**
		 * Creates an entry that was not purged.
		 */
		public Entry(CachedResponse response, Duration lifetime) {
			this(response, lifetime, false);
		}

	}

	/**
	 * The right to load a key, until it is released or its holder is gone.
	 */
	@FunctionalInterface
	interface Lease {

		/**
		 * The lease of a replica that shares nothing.
		 */
		Lease NONE = () -> {
		};

		void release();

		/**
		 * Returns whether this replica still has the lease, as far as it knows. Without
		 * Redis, a lease never ends by itself.
		 */
		default boolean isHeld() {
			return true;
		}

	}

}
