package io.htgateway.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.Representation;
import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotFormat;

/**
 * Snapshot that is not stored yet.
 *
 * @param snapshot the snapshot, with its intended time
 * @param fetchedAt when its response was fetched
 * @param content its content with gzip coding
 */
@SuppressWarnings("ArrayRecordComponent")
record PendingSnapshot(Snapshot snapshot, Instant fetchedAt, byte[] content) {

	private static final int OVERHEAD = 256;

	/**
	 * Creates the snapshot of the given response. Its time is the date of the upstream's
	 * state if that is known, otherwise the <code>Last-Modified</code> of its file,
	 * otherwise the time when it was fetched.
	 * @param fetchedAt date when the response was fetched
	 */
	static PendingSnapshot of(Series series, CachedResponse response, Instant fetchedAt) {
		String etag = response.identity().etag().replace("\"", "");
		Representation gzip = (response.gzip() != null) ? response.gzip() : response.identity().gzip();
		byte[] content = gzip.bytes();
		SnapshotFormat format = SnapshotFormat.ofMediaType(response.contentType());
		return new PendingSnapshot(
				new Snapshot(series, time(response.origin(), fetchedAt), etag, format, content.length), fetchedAt,
				content);
	}

	// A date in the future would hide all later snapshots.
	private static Instant time(Origin origin, Instant fetchedAt) {
		Instant date = (origin.updatedAt() != null) ? origin.updatedAt() : origin.lastModified();
		return (date != null && !date.isAfter(fetchedAt)) ? date : fetchedAt;
	}

	/**
	 * Returns this snapshot with a later time than the given one, at which another body
	 * is stored: the time when it was fetched if that is later, otherwise the next
	 * second.
	 */
	PendingSnapshot after(Instant taken) {
		Instant fetched = fetchedAt.truncatedTo(ChronoUnit.SECONDS);
		Instant time = fetched.isAfter(taken) ? fetched : taken.plusSeconds(1);
		return new PendingSnapshot(
				new Snapshot(snapshot.series(), time, snapshot.etag(), snapshot.format(), snapshot.size()), fetchedAt,
				content);
	}

	boolean hasBodyOf(Snapshot other) {
		return other.etag().equals(snapshot.etag());
	}

	/**
	 * Returns the approximate memory of this snapshot, in bytes.
	 */
	int weight() {
		return content.length + OVERHEAD;
	}

}
