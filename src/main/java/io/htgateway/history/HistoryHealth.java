package io.htgateway.history;

import java.util.concurrent.atomic.LongAdder;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.SnapshotStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts stored and lost snapshots, and logs once when the store fails or snapshots are
 * lost, and once when it works again.
 */
final class HistoryHealth {

	private static final Logger LOG = LoggerFactory.getLogger(HistoryHealth.class);

	private final LongAdder stored = new LongAdder();

	private final LongAdder known = new LongAdder();

	private final LongAdder lost = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final String location;

	private volatile int failuresInARow;

	private boolean losing;

	HistoryHealth(String location) {
		this.location = location;
	}

	synchronized void stored() {
		stored.increment();
		recovered();
	}

	synchronized void known() {
		known.increment();
		recovered();
	}

	private void recovered() {
		if (failuresInARow > 0) {
			LOG.info("History store available: location={}", location);
			failuresInARow = 0;
		}
		losing = false;
	}

	synchronized void failed(Throwable failure) {
		failures.increment();
		if (failuresInARow == 0) {
			LOG.warn("History store unavailable; snapshots wait in memory: location={} reason=\"{}\"", location,
					reason(failure));
		}
		failuresInARow++;
	}

	private static String reason(Throwable failure) {
		return (failure instanceof SnapshotStoreException known) ? known.reason() : failure.toString();
	}

	/**
	 * Records that a snapshot was lost, because the backlog is full.
	 */
	synchronized void lost(Series series) {
		lost.increment();
		if (!losing) {
			LOG.error("Snapshot lost, because gateway.history.max-backlog is reached; more may follow: series={} "
					+ "location={}", series, location);
		}
		losing = true;
	}

	/**
	 * Records that the gateway stops before the given number of snapshots are stored.
	 */
	void lostAtShutdown(int count) {
		lost.add(count);
		LOG.error("Snapshots lost, because the gateway stops and the history store is unavailable or too slow: "
				+ "count={} location={}", count, location);
	}

	int failuresInARow() {
		return failuresInARow;
	}

	LongAdder storedCount() {
		return stored;
	}

	LongAdder knownCount() {
		return known;
	}

	LongAdder lostCount() {
		return lost;
	}

	LongAdder failureCount() {
		return failures;
	}

}
