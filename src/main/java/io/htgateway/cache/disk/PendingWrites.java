package io.htgateway.cache.disk;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Responses that are to be written, at most one for each file: the latest. Bounded,
 * because their bodies take memory that the cache in memory does not count.
 */
final class PendingWrites {

	private static final int MAX_COUNT = 1_000;

	private static final long MAX_SIZE = 16L * 1024 * 1024;

	private final Map<String, Pending> pending = new HashMap<>();

	private long size;

	/**
	 * Adds a response, instead of an earlier one that is not written yet.
	 */
	synchronized Added add(String name, Pending write) {
		Pending before = pending.get(name);
		if (before != null && before.isLaterThan(write)) {
			return Added.REPLACED;
		}
		long bytes = write.bytes() - ((before != null) ? before.bytes() : 0);
		if (size > 0 && (size + bytes > MAX_SIZE || (before == null && pending.size() >= MAX_COUNT))) {
			return Added.FULL;
		}
		pending.put(name, write);
		size += bytes;
		return (before != null) ? Added.REPLACED : Added.FIRST;
	}

	/**
	 * Returns the response that is to be written to the given file, or null.
	 */
	synchronized @Nullable Pending find(String name) {
		return pending.get(name);
	}

	/**
	 * Removes a response that was written, unless a later one has replaced it.
	 * @return whether it was removed
	 */
	synchronized boolean remove(String name, Pending written) {
		boolean removed = pending.remove(name, written);
		size -= removed ? written.bytes() : 0;
		return removed;
	}

	synchronized int count() {
		return pending.size();
	}

	/**
	 * What happened to an added response.
	 */
	enum Added {

		/**
		 * It is the only one for its file.
		 */
		FIRST,

		/**
		 * It replaced another one, or a later one is there.
		 */
		REPLACED,

		/**
		 * It was dropped, because too many are to be written.
		 */
		FULL

	}

	/**
	 * A response that is to be written.
	 *
	 * @param usableFor how long it may be used, counted from when it was fetched
	 */
	record Pending(CacheKey key, Entry entry, Duration usableFor) {

		Instant fetchedAt() {
			return entry.response().origin().fetchedAt();
		}

		private boolean isLaterThan(Pending other) {
			return fetchedAt().isAfter(other.fetchedAt());
		}

		private long bytes() {
			return entry.response().weight();
		}

	}

}
