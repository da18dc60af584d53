package io.htgateway.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.time.DoublingDelay;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the snapshots of the backlog. Several series are written at the same time. Each
 * series is written by one replica at a time, in the order of its snapshots. A body that
 * the snapshot before or after it already has is not stored again.
 */
final class HistoryWriter {

	private static final int CONCURRENCY = 8;

	private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(2);

	private static final DoublingDelay RETRY = new DoublingDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));

	private final Backlog backlog;

	private final SnapshotStore store;

	private final Neighbours neighbours;

	private final Spool spool;

	private final SecondLevelCache leases;

	private final HistoryHealth health;

	private final InstantSource clock;

	private final AtomicBoolean running = new AtomicBoolean();

	private volatile Instant nextAttempt = Instant.MIN;

	private volatile boolean closing;

	HistoryWriter(Backlog backlog, SnapshotStore store, Neighbours neighbours, Spool spool, SecondLevelCache leases,
			HistoryHealth health, InstantSource clock) {
		this.backlog = backlog;
		this.store = store;
		this.neighbours = neighbours;
		this.spool = spool;
		this.leases = leases;
		this.health = health;
		this.clock = clock;
	}

	/**
	 * Starts to store the backlog, unless this is in progress or the delay after a
	 * failure has not ended. The work must not be cancelled, because its lease would then
	 * not be released.
	 */
	void start() {
		if (backlog.count() == 0 || (!closing && clock.instant().isBefore(nextAttempt))
				|| !running.compareAndSet(false, true)) {
			return;
		}
		int failures = health.failuresInARow();
		Flux.fromIterable(backlog.bySeries())
			.flatMap((series) -> store(series, failures), CONCURRENCY)
			.doFinally((end) -> {
				nextAttempt = (health.failuresInARow() > failures)
						? clock.instant().plus(RETRY.after(health.failuresInARow())) : Instant.MIN;
				running.set(false);
			})
			.subscribe();
	}

	/**
	 * Ends the delays after failures, because the gateway stops.
	 */
	void close() {
		closing = true;
	}

	// After a failure in any series, no further write begins.
	private Mono<Void> store(List<PendingSnapshot> series, int failures) {
		return Flux.fromIterable(series)
			.concatMap((next) -> (health.failuresInARow() > failures) ? Mono.just(false) : store(next), 0)
			.takeWhile(Boolean::booleanValue)
			.then();
	}

	// Emits whether the snapshot is stored; if not, a later run attempts it again. Never
	// fails.
	private Mono<Boolean> store(PendingSnapshot next) {
		return leases.lease(new LeaseKey(next.snapshot().series().toString()), LEASE_TIMEOUT)
			.flatMap((lease) -> storeIfNew(next).then(spool.stored(next))
				.thenReturn(true)
				.onErrorResume((failure) -> failed(failure))
				.doFinally((end) -> lease.release()))
			.doOnNext((stored) -> {
				if (stored) {
					backlog.remove(next);
				}
			})
			.defaultIfEmpty(false);
	}

	private Mono<Boolean> failed(Throwable failure) {
		health.failed(failure);
		return Mono.just(false);
	}

	private Mono<Void> storeIfNew(PendingSnapshot next) {
		Snapshot snapshot = next.snapshot();
		return neighbours.of(snapshot.series(), snapshot.time()).flatMap((around) -> {
			if (around.hold(next)) {
				health.known();
				return Mono.empty();
			}
			Instant taken = around.taken(next);
			return (taken != null) ? storeIfNew(next.after(taken)) : write(next);
		});
	}

	private Mono<Void> write(PendingSnapshot next) {
		return store.write(next.snapshot().name(), next.content()).doOnSuccess((nothing) -> {
			neighbours.stored(next.snapshot());
			health.stored();
		});
	}

	/**
	 * Key of the lease that permits to store snapshots of one series.
	 *
	 * @param name name of the series
	 */
	private record LeaseKey(String name) implements CacheKey {

		@Override
		public String text() {
			return "history/" + name;
		}

		@Override
		public boolean isPart() {
			return true;
		}

	}

}
