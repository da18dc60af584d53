package io.htgateway.history;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.StoredObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Folder for the snapshots that wait to be stored when the gateway stops. The next start
 * adds them to the backlog. A file is removed only after its snapshot was stored.
 */
final class Spool {

	private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

	private static final int CONCURRENCY = 2;

	private static final int MAX_SIZE = 64 * 1024 * 1024;

	private final @Nullable SnapshotStore folder;

	private final Set<String> spooled = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a spool.
	 * @param folder the folder, or null if no folder is configured
	 */
	Spool(@Nullable SnapshotStore folder) {
		this.folder = folder;
	}

	/**
	 * Adds the spooled snapshots to the given backlog. Snapshots that do not fit wait for
	 * the next start.
	 */
	void restore(Backlog backlog) {
		if (folder == null) {
			return;
		}
		try {
			folder.list("", "", SnapshotStore.MAX_LIMIT)
				.flatMapIterable((objects) -> objects)
				.concatMap((object) -> restore(folder, object))
				.filter(backlog::add)
				.doOnNext((restored) -> spooled.add(restored.snapshot().name()))
				.count()
				.filter((count) -> count > 0)
				.doOnNext(
						(count) -> LOG.info("Snapshots restored that an earlier run could not store: count={}", count))
				.block(READ_TIMEOUT);
		}
		catch (RuntimeException failure) {
			LOG.warn("Spooled snapshots cannot be read; the next start tries again: folder={} reason=\"{}\"",
					folder.location(), failure.getMessage());
		}
	}

	private static Mono<PendingSnapshot> restore(SnapshotStore folder, StoredObject object) {
		String[] parts = object.name().split("/", 3);
		if (parts.length < 3 || !Series.isName(parts[0]) || !Series.isName(parts[1])) {
			return Mono.empty();
		}
		return Mono.justOrEmpty(Snapshot.of(new Series(parts[0], parts[1]), object))
			.flatMap((snapshot) -> folder.read(object.name(), MAX_SIZE)
				.map((content) -> new PendingSnapshot(snapshot, snapshot.time(), content)));
	}

	/**
	 * Removes the file of a snapshot after it was stored, if the spool has one. Never
	 * fails.
	 */
	Mono<Void> stored(PendingSnapshot stored) {
		String name = stored.snapshot().name();
		return (folder != null && spooled.remove(name)) ? folder.remove(List.of(name)).onErrorComplete() : Mono.empty();
	}

	/**
	 * Writes the given backlog to the folder, and reports snapshots that cannot be
	 * written as lost. Never fails.
	 */
	Mono<Void> save(Backlog backlog, HistoryHealth health, Duration limit) {
		AtomicInteger saved = new AtomicInteger();
		return Flux.fromStream(backlog.bySeries().stream().flatMap(Collection::stream))
			.flatMap((pending) -> save(pending).doOnSuccess((nothing) -> saved.incrementAndGet()).onErrorComplete(),
					CONCURRENCY)
			.then()
			.timeout(limit, Mono.empty())
			.onErrorComplete()
			.doFinally((end) -> report(saved.get(), backlog.count() - saved.get(), health));
	}

	private Mono<Void> save(PendingSnapshot pending) {
		return (folder != null) ? folder.write(pending.snapshot().name(), pending.content())
				: Mono.error(new IllegalStateException("no spool"));
	}

	private void report(int saved, int lost, HistoryHealth health) {
		if (folder != null && saved > 0) {
			LOG.info("Snapshots spooled for the next start: count={} folder={}", saved, folder.location());
		}
		if (lost > 0) {
			health.lostAtShutdown(lost);
		}
	}

}
