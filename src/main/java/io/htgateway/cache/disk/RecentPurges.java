package io.htgateway.cache.disk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * The purges of the last minutes, for responses that were fetched before a purge and are
 * written after it.
 */
final class RecentPurges {

	/**
	 * Longer than a response waits to be written.
	 */
	private static final Duration RETENTION = Duration.ofMinutes(10);

	private static final int MAX_PURGES = 100;

	private volatile List<Purge> purges = List.of();

	synchronized void add(Subjects subjects, Instant at) {
		purges = Stream
			.concat(Stream.of(new Purge(subjects, at)),
					purges.stream().filter((purge) -> purge.at().isAfter(at.minus(RETENTION))))
			.limit(MAX_PURGES)
			.toList();
	}

	/**
	 * Returns the first purge of the given key after the given time, or null.
	 */
	@Nullable Instant first(CacheKey key, Instant fetchedAt) {
		List<Purge> known = purges;
		if (known.isEmpty() || !key.isPurgeable()) {
			return null;
		}
		return known.stream()
			.filter((purge) -> fetchedAt.isBefore(purge.at()) && purge.subjects().test(key.subject()))
			.map(Purge::at)
			.min(Instant::compareTo)
			.orElse(null);
	}

	private record Purge(Subjects subjects, Instant at) {
	}

}
