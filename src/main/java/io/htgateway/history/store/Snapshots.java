package io.htgateway.history.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Queries for the snapshots in a store. A query has one page of a listing in memory at a
 * time, and ignores objects that are not snapshots.
 */
public final class Snapshots {

	/**
	 * Levels of folders between a series and its objects: year, month and day.
	 */
	private static final int FOLDERS = 3;

	private static final String LAST = "~";

	private final SnapshotStore store;

	public Snapshots(SnapshotStore store) {
		this.store = store;
	}

	/**
	 * Returns the newest snapshot of the given series at or before the given time, or
	 * nothing.
	 */
	public Mono<Snapshot> at(Series series, Instant time) {
		return newest(series, series.prefix(), Snapshot.path(time) + LAST, 0).next();
	}

	// Emits the newest snapshot of each day, latest day first. The bound is the last name
	// below the prefix to include.
	private Flux<Snapshot> newest(Series series, String prefix, String bound, int level) {
		if (level == FOLDERS) {
			return list(series, prefix, "", SnapshotStore.MAX_LIMIT)
				.takeWhile((snapshot) -> snapshot.name().compareTo(prefix + bound) <= 0)
				.takeLast(1);
		}
		int slash = bound.indexOf('/');
		String last = (slash < 0) ? bound : bound.substring(0, slash);
		return store.folders(prefix)
			.flatMapIterable((folders) -> folders.reversed())
			.filter((folder) -> folder.compareTo(last) <= 0)
			.concatMap((folder) -> newest(series, prefix + folder + '/',
					folder.equals(last) && slash >= 0 ? bound.substring(slash + 1) : LAST, level + 1), 1);
	}

	/**
	 * Returns the snapshots of the given series, oldest first. Requests the next listing
	 * only when the subscriber requests more.
	 * @param from time of the first one, or null for the oldest
	 * @param after the snapshot after which to begin, or null
	 * @param pageSize number of objects in one listing, 1 to
	 * {@link SnapshotStore#MAX_LIMIT}
	 */
	public Flux<Snapshot> from(Series series, @Nullable Instant from, @Nullable Snapshot after, int pageSize) {
		String start = (from != null) ? series.prefix() + Snapshot.path(ceiling(from)) : "";
		String last = (after != null) ? after.name() : "";
		return list(series, series.prefix(), (start.compareTo(last) > 0) ? start : last, pageSize);
	}

	private static Instant ceiling(Instant time) {
		Instant seconds = time.truncatedTo(ChronoUnit.SECONDS);
		return seconds.equals(time) ? time : seconds.plusSeconds(1);
	}

	private Flux<Snapshot> list(Series series, String prefix, String after, int limit) {
		return store.list(prefix, after, limit)
			.expand((page) -> (page.size() < limit) ? Mono.empty() : store.list(prefix, page.getLast().name(), limit))
			.concatMapIterable((page) -> snapshots(series, page), 1);
	}

	private static List<Snapshot> snapshots(Series series, List<StoredObject> page) {
		return page.stream().flatMap((object) -> Snapshot.of(series, object).stream()).toList();
	}

}
