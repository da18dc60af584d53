package io.htgateway.history;

import java.util.concurrent.atomic.LongAdder;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.SnapshotStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts stored and lost snapshots. Logs once when the store fails, once when snapshots
 * are lost, and once when the store works again.
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

	private boolean failsToRemove;

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
			LOG.info("History store available again: location={}", location);
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
		return (failure instanceof SnapshotStoreException ofStore) ? ofStore.reason() : failure.toString();
	}

	/**
	 * Records that old snapshots were removed.
	 */
	synchronized void removed() {
		if (failsToRemove) {
			LOG.info("Old snapshots removed again: location={}", location);
			failsToRemove = false;
		}
	}

	/**
	 * Records that old snapshots could not be removed.
	 */
	synchronized void notRemoved(Throwable failure) {
		failures.increment();
		if (!failsToRemove) {
			LOG.warn("Old snapshots not removed; retrying in an hour: location={} reason=\"{}\"", location,
					reason(failure));
			failsToRemove = true;
		}
	}

	/**
	 * Records that a snapshot was lost, because the backlog is full.
	 */
	synchronized void lost(Series series) {
		lost.increment();
		if (!losing) {
			LOG.error(
					"Snapshot lost: gateway.history.max-backlog is reached; further ones are lost until the store works: "
							+ "series={} location={}",
					series, location);
		}
		losing = true;
	}

	/**
	 * Records that the given number of snapshots is lost, because the gateway stops
	 * before they are stored.
	 */
	void lostAtShutdown(int count) {
		lost.add(count);
		LOG.error("Snapshots lost at shutdown: the history store is unavailable or too slow: " + "count={} location={}",
				count, location);
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
