package io.htgateway.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.Snapshots;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes the snapshots of the recorded endpoints that are older than the retention.
 * Objects with other names are never removed.
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
	 * Removes the snapshots that are too old now. Never fails: the next run continues.
	 */
	Mono<Void> apply() {
		return Mono.defer(() -> {
			Instant oldest = dates.instant().minus(retention);
			return Flux.fromIterable(endpoints)
				.concatMap((endpoint) -> store.folders(endpoint + '/')
					.flatMapIterable((keys) -> keys)
					.filter(Series::isName)
					.map((key) -> new Series(endpoint, key)))
				.concatMap((series) -> apply(series, oldest))
				.then();
		}).doOnError(health::failed).onErrorComplete();
	}

	private Mono<Void> apply(Series series, Instant oldest) {
		return snapshots.from(series, null, null, SnapshotStore.MAX_LIMIT)
			.takeWhile((snapshot) -> snapshot.time().isBefore(oldest))
			.map(Snapshot::name)
			.buffer(SnapshotStore.MAX_LIMIT)
			.concatMap(store::remove)
			.then();
	}

}
