package io.htgateway.history.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.htgateway.digest.Sha256;
import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotFormat;

/**
 * Stores snapshots for a test.
 */
final class StoredHistory {

	static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

	private final ObservedStore store;

	StoredHistory(ObservedStore store) {
		this.store = store;
	}

	Snapshot add(String series, Instant time, String body) {
		return add(series, time, SnapshotFormat.JSON, body.getBytes(StandardCharsets.UTF_8));
	}

	Snapshot add(String series, Instant time, SnapshotFormat format, byte[] body) {
		return addObject(series, time, format, body, gzip(body));
	}

	/**
	 * Stores the given bytes as the object of a snapshot, even if they are not valid
	 * gzip.
	 */
	Snapshot addObject(String series, Instant time, SnapshotFormat format, byte[] body, byte[] object) {
		String etag = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(body)).substring(0, 22);
		String[] names = series.split("/", 2);
		Snapshot snapshot = new Snapshot(new Series(names[0], names[1]), time, etag, format, object.length);
		store.write(snapshot.name(), object).block();
		return snapshot;
	}

	/**
	 * Stores snapshots of one series, two minutes apart.
	 */
	List<Snapshot> addMany(String series, int count) {
		List<Snapshot> all = new ArrayList<>();
		for (int number = 0; number < count; number++) {
			all.add(add(series, START.plusSeconds(120L * number), "{\"number\":" + number + "}"));
		}
		return all;
	}

	static byte[] gzip(byte[] body) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

}
