package io.htgateway.history;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
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
 * Records the responses of the recorded endpoints as they are loaded.
 */
final class HistoryRecorder implements LoadObserver {

	private static final int MAX_UNCOMPRESSED = 1_000;

	private final Scheduler compression = Schedulers.newBoundedElastic(1, MAX_UNCOMPRESSED, "history", 60, true);

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

	private void record(Series series, CachedResponse response) {
		uncompressed.incrementAndGet();
		try {
			compression.schedule(() -> RepeatedTask.attempt(() -> compress(series, response)));
		}
		catch (RejectedExecutionException full) {
			uncompressed.decrementAndGet();
			health.lost(series);
		}
	}

	private void compress(Series series, CachedResponse response) {
		try {
			PendingSnapshot pending = PendingSnapshot.of(series, response, dates.date(response.origin().fetchedAt()));
			if (!backlog.add(pending)) {
				health.lost(series);
			}
		}
		finally {
			uncompressed.decrementAndGet();
		}
	}

	/**
	 * Returns whether all received responses are in the backlog.
	 */
	boolean isIdle() {
		return uncompressed.get() == 0;
	}

	void close() {
		compression.dispose();
	}

}
