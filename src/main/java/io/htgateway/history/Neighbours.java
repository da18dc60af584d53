package io.htgateway.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.Snapshots;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the stored snapshots before and after a time. Caches the newest snapshot of each
 * series, so that one listing is usually enough.
 */
final class Neighbours {

	private static final int MAX_SERIES = 10_000;

	private static final int PAGE = 100;

	/**
	 * Time after which a snapshot is listed again: others may remove objects.
	 */
	private static final Duration LIFETIME = Duration.ofHours(1);

	private final Cache<Series, Snapshot> newest = Caffeine.newBuilder()
		.maximumSize(MAX_SERIES)
		.expireAfterWrite(LIFETIME)
		.executor(Runnable::run)
		.build();

	private final Snapshots snapshots;

	Neighbours(Snapshots snapshots) {
		this.snapshots = snapshots;
	}

	/**
	 * Caches a snapshot that was stored, if it is the newest of its series.
	 */
	void stored(Snapshot snapshot) {
		newest.asMap()
			.merge(snapshot.series(), snapshot, (before, next) -> next.time().isAfter(before.time()) ? next : before);
	}

	/**
	 * Returns the snapshots around the given time.
	 */
	Mono<Around> of(Series series, Instant time) {
		return start(series, time).flatMap((start) -> snapshots.from(series, null, start.orElse(null), PAGE)
			.takeUntil((next) -> next.time().isAfter(time))
			.collectList()
			.map((later) -> around(start.orElse(null), later, time)));
	}

	private Mono<Optional<Snapshot>> start(Series series, Instant time) {
		Snapshot known = newest.getIfPresent(series);
		return (known != null && !known.time().isAfter(time)) ? Mono.just(Optional.of(known))
				: snapshots.at(series, time).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	private Around around(@Nullable Snapshot start, List<Snapshot> later, Instant time) {
		later.forEach(this::stored);
		Snapshot last = later.isEmpty() ? start : later.getLast();
		if (last == null || !last.time().isAfter(time)) {
			return new Around(last, null);
		}
		return new Around((later.size() > 1) ? later.get(later.size() - 2) : start, last);
	}

	/**
	 * Snapshots around a time.
	 *
	 * @param before newest snapshot at or before the time, or null
	 * @param after oldest snapshot after the time, or null
	 */
	record Around(@Nullable Snapshot before, @Nullable Snapshot after) {

		boolean hold(PendingSnapshot pending) {
			return (before != null && pending.hasBodyOf(before)) || (after != null && pending.hasBodyOf(after));
		}

		/**
		 * Returns the time of a stored snapshot after which the given one must be stored,
		 * or null if it can be stored at its own time. A body that was fetched after the
		 * time of a stored one is newer, whatever its date.
		 */
		@Nullable Instant taken(PendingSnapshot pending) {
			if (after != null && !after.time().isAfter(pending.fetchedAt())) {
				return after.time();
			}
			Instant time = pending.snapshot().time();
			return (before != null && before.time().equals(time)) ? time : null;
		}

	}

}
