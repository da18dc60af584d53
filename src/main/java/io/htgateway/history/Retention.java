package io.htgateway.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.Snapshots;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes the snapshots of the recorded endpoints that are older than the retention,
 * except the newest of them, which is still in force when the retention begins. Never
 * removes objects that are not snapshots.
 */
final class Retention {

	private final SnapshotStore store;

	private final Snapshots snapshots;

	private final Collection<String> endpoints;

	private final Duration retention;

	private final HistoryHealth health;

	private final InstantSource dates;

	Retention(SnapshotStore store, Collection<String> endpoints, Duration retention, HistoryHealth health,
			InstantSource dates) {
		this.store = store;
		this.snapshots = new Snapshots(store);
		this.endpoints = List.copyOf(endpoints);
		this.retention = retention;
		this.health = health;
		this.dates = dates;
	}

	/**
	 * Removes the snapshots that are older than the retention. Never fails: the next run
	 * continues.
	 */
	Mono<Void> apply() {
		return Mono.defer(() -> {
			Instant oldest = dates.instant().minus(retention);
			return Flux.fromIterable(endpoints)
				.concatMap((endpoint) -> store.folders(endpoint + '/')
					.flatMapIterable((keys) -> keys)
					.filter(Series::isName)
					.map((key) -> new Series(endpoint, key)))
				.collectList()
				// A run that is cut off must not leave out the same series each time.
				.doOnNext(Collections::shuffle)
				.flatMapIterable((series) -> series)
				.concatMap((series) -> apply(series, oldest))
				.then();
		}).doOnSuccess((nothing) -> health.removed()).doOnError(health::notRemoved).onErrorComplete();
	}

	private Mono<Void> apply(Series series, Instant oldest) {
		return snapshots.from(series, null, null, SnapshotStore.MAX_LIMIT)
			.takeWhile((snapshot) -> snapshot.time().isBefore(oldest))
			.skipLast(1)
			.map(Snapshot::name)
			.buffer(SnapshotStore.MAX_LIMIT)
			.concatMap(store::remove)
			.then();
	}

}
