package io.htgateway.history;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.history.store.Series;
import io.htgateway.time.Dates;
import io.htgateway.time.RepeatedTask;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Adds each response of the recorded endpoints to the backlog when it is loaded.
 * Compresses it on a thread of its own.
 */
final class HistoryRecorder implements LoadObserver {

	private static final int MAX_UNCOMPRESSED = 1_000;

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private final Scheduler compression = Schedulers.newSingle("history", true);

	private final Queue<Received> received = new ConcurrentLinkedQueue<>();

	private final AtomicInteger uncompressed = new AtomicInteger();

	private final Set<String> endpoints;

	private final Backlog backlog;

	private final HistoryHealth health;

	private final Dates dates;

	HistoryRecorder(Collection<String> endpoints, Backlog backlog, HistoryHealth health, Dates dates) {
		this.endpoints = Set.copyOf(endpoints);
		this.backlog = backlog;
		this.health = health;
		this.dates = dates;
		compression.schedulePeriodically(this::compressAll, INTERVAL.toMillis(), INTERVAL.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public LoadObservation start(CacheKey key, ContextView context) {
		return LoadObservation.NONE;
	}

	@Override
	public void received(CacheKey key, CachedResponse response) {
		String name = key.series();
		String endpoint = key.subject().endpoint();
		if (name != null && endpoints.contains(endpoint) && Series.isName(name)) {
			record(new Series(endpoint, name), response);
		}
	}

	// A queue without a lock: this thread is an event loop.
	private void record(Series series, CachedResponse response) {
		if (uncompressed.incrementAndGet() > MAX_UNCOMPRESSED) {
			uncompressed.decrementAndGet();
			health.lost(series);
			return;
		}
		received.add(new Received(series, response));
	}

	private void compressAll() {
		for (Received next = received.poll(); next != null; next = received.poll()) {
			Received response = next;
			RepeatedTask.attempt(() -> compress(response.series(), response.response()));
		}
	}

	private void compress(Series series, CachedResponse response) {
		try {
			PendingSnapshot pending = PendingSnapshot.of(series, response, dates.date(response.origin().fetchedAt()));
			if (!backlog.add(pending)) {
				health.lost(series);
			}
		}
		catch (RuntimeException failure) {
			health.lost(series);
			throw failure;
		}
		finally {
			uncompressed.decrementAndGet();
		}
	}

	/**
	 * Returns whether no received response waits to be compressed.
	 */
	boolean isIdle() {
		return uncompressed.get() == 0;
	}

	void close() {
		compression.dispose();
	}

	/**
	 * Response that is to be compressed.
	 */
	private record Received(Series series, CachedResponse response) {
	}

}
