package io.htgateway.history.web;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;

/**
 * Addresses of snapshots. They are relative (RFC 3986 4.2), because the gateway does not
 * know its external path. They contain the time and the entity tag, because several
 * snapshots can have the same time.
 */
final class SnapshotPath {

	private SnapshotPath() {
	}

	/**
	 * Returns the address relative to that of the list.
	 */
	static String fromList(Snapshot snapshot) {
		// Without ./ the part of the key before a colon would be read as a scheme.
		String key = snapshot.series().key();
		return (key.contains(":") ? "./" : "") + ofSeries(snapshot);
	}

	/**
	 * Returns the address relative to that of any snapshot of the same endpoint.
	 */
	static String fromSnapshot(Snapshot snapshot) {
		return "../" + ofSeries(snapshot);
	}

	private static String ofSeries(Snapshot snapshot) {
		Series series = snapshot.series();
		return series.key() + '/' + snapshot.time() + '-' + snapshot.etag();
	}

}
