package io.htgateway.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.history.store.Series;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots that wait to be stored, oldest first. Its memory is bounded.
 */
final class Backlog {

	private final Map<Series, List<PendingSnapshot>> pending = new LinkedHashMap<>();

	private final long maxSize;

	private long size;

	private int count;

	/**
	 * Creates an empty backlog.
	 * @param maxSize maximum memory, in bytes
	 */
	Backlog(long maxSize) {
		this.maxSize = maxSize;
	}

	/**
	 * Adds the given snapshot, unless the latest one of its series has the same body.
	 * @return whether the snapshot fits, or its body is already the latest one
	 */
	synchronized boolean add(PendingSnapshot added) {
		List<PendingSnapshot> before = pending.get(added.snapshot().series());
		if (before != null && before.getLast().hasBodyOf(added.snapshot())) {
			return true;
		}
		if (size + added.weight() > maxSize) {
			return false;
		}
		pending.computeIfAbsent(added.snapshot().series(), (series) -> new ArrayList<>()).add(added);
		size += added.weight();
		count++;
		return true;
	}

	/**
	 * Removes the given snapshot after it was stored.
	 */
	synchronized void remove(PendingSnapshot stored) {
		List<PendingSnapshot> of = pending.get(stored.snapshot().series());
		if (of == null || !of.remove(stored)) {
			return;
		}
		size -= stored.weight();
		count--;
		if (of.isEmpty()) {
			pending.remove(stored.snapshot().series());
		}
	}

	/**
	 * Returns all snapshots by their series.
	 */
	synchronized Collection<List<PendingSnapshot>> bySeries() {
		return pending.values().stream().map(List::copyOf).toList();
	}

	/**
	 * Returns when the oldest snapshot was fetched, or null if none waits.
	 */
	synchronized @Nullable Instant oldest() {
		return pending.values().stream().map((of) -> of.getFirst().fetchedAt()).min(Instant::compareTo).orElse(null);
	}

	synchronized int count() {
		return count;
	}

}
