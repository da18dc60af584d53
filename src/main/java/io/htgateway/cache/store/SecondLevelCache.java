package io.htgateway.cache.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Responses that replicas share, behind those that each has in memory, and who of them
 * loads one. It fails open: whatever goes wrong in it is a miss, or lets every replica
 * load. Ages are carried and not times, since clocks differ.
 */
public interface SecondLevelCache {

	/**
	 * Nothing is shared.
	 */
	SecondLevelCache NONE = new SecondLevelCache() {

		@Override
		public Mono<Entry> find(CacheKey key, @Nullable Instant after) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> put(CacheKey key, Entry entry, Duration usefulness) {
			return Mono.empty();
		}

		@Override
		public Mono<Lease> lease(CacheKey key, Duration patience) {
			return Mono.just(Lease.NONE);
		}

		@Override
		public Mono<Rejection> rejection(CacheKey key) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> reject(CacheKey key, Rejection rejection) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> accept(CacheKey key) {
			return Mono.empty();
		}

		@Override
		public void expire(Subjects subjects) {
		}

	};

	/**
	 * What is stored under the given key, or nothing where that was not fetched after the
	 * given time. Never fails.
	 */
	Mono<Entry> find(CacheKey key, @Nullable Instant after);

	/**
	 * Stores the given response in place of what was fetched before it. Never fails.
	 * @param usefulness how long the response may be answered, counted from when it was
	 * fetched
	 */
	Mono<Void> put(CacheKey key, Entry entry, Duration usefulness);

	/**
	 * Asks for the lease that lets one replica load the given key. Never fails, and ends
	 * empty where another replica has it. Returns {@link Lease#NONE} if that is not known
	 * within the given time.
	 */
	Mono<Lease> lease(CacheKey key, Duration patience);

	/**
	 * Returns the last rejection of the given key at any replica, or nothing. Never fails.
	 */
	Mono<Rejection> rejection(CacheKey key);

	/**
	 * Shares a rejection of the given key. Never fails.
	 */
	Mono<Void> reject(CacheKey key, Rejection rejection);

	/**
	 * Removes the rejection of the given key. Never fails.
	 */
	Mono<Void> accept(CacheKey key);

	/**
	 * Lets the responses of the given subjects be stale in all other replicas as well.
	 */
	void expire(Subjects subjects);

	/**
	 * A response that replicas share.
	 *
	 * @param lifetime how long it is fresh, counted from when it was fetched
	 */
	record Entry(CachedResponse response, Duration lifetime) {
	}

	/**
	 * The right to load, until it is released, or until its holder is gone.
	 */
	@FunctionalInterface
	interface Lease {

		/**
		 * The right of somebody who shares nothing.
		 */
		Lease NONE = () -> {
		};

		void release();

	}

}
