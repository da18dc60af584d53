package io.htgateway.history.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;

import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.web.problem.DamagedSnapshotException;
import io.htgateway.work.Work;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Reads bodies of snapshots, and checks each body completely before any part of it is
 * sent.
 */
public final class SnapshotReader {

	private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);

	private static final int MIN_MAX_SIZE = 64 * 1024 * 1024;

	/**
	 * Typical compression of JSON.
	 */
	private static final int RATIO = 8;

	private final SnapshotStore store;

	private final StoreAvailability availability;

	private final int maxSize;

	// Repeated requests for a damaged object must not fill the log.
	private final AtomicReference<@Nullable String> lastDamaged = new AtomicReference<>();

	/**
	 * Creates a reader of the given store.
	 */
	public SnapshotReader(SnapshotStore store, StoreAvailability availability) {
		this(store, availability, maxSize(Runtime.getRuntime().maxMemory()));
	}

	SnapshotReader(SnapshotStore store, StoreAvailability availability, int maxSize) {
		this.store = store;
		this.availability = availability;
		this.maxSize = maxSize;
	}

	// Every recorded body fits: the upstream clients accept 32 MB by default, and at most
	// a third of the heap.
	private static int maxSize(long heap) {
		return (int) Math.min(Math.max(heap / 3, MIN_MAX_SIZE), Integer.MAX_VALUE / 2);
	}

	/**
	 * Returns the body of the given snapshot, or nothing if the snapshot has been
	 * removed. Fails with a {@link DamagedSnapshotException} if its object is damaged.
	 */
	public Mono<Body> read(Snapshot snapshot) {
		if (snapshot.size() > maxSize) {
			return Mono.<Body>error(Body.damaged(snapshot, "it is over the size limit"))
				.doOnError((damaged) -> log(snapshot, damaged));
		}
		return availability.watch(store.read(snapshot.name(), maxSize))
			.flatMap((object) -> Work.on(plainSize(object), () -> Body.of(snapshot, object, maxSize)))
			.doOnError(DamagedSnapshotException.class, (damaged) -> log(snapshot, damaged));
	}

	private static int plainSize(byte[] object) {
		return (int) Math.min((long) RATIO * object.length, Integer.MAX_VALUE);
	}

	private void log(Snapshot snapshot, Throwable damaged) {
		if (!snapshot.name().equals(lastDamaged.getAndSet(snapshot.name()))) {
			LOG.warn("Snapshot of the history damaged; requests for it fail: object={} reason=\"{}\"", snapshot.name(),
					damaged.getMessage());
		}
	}

	/**
	 * Checked body of a snapshot.
	 *
	 * @param gzip the stored bytes, which are valid gzip
	 * @param plain the uncompressed bytes
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Body(byte[] gzip, byte[] plain) {

		/**
		 * Decompresses and checks a stored object.
		 * @param maxSize maximum size of the uncompressed body, in bytes
		 * @throws DamagedSnapshotException if the object is damaged
		 */
		static Body of(Snapshot snapshot, byte[] object, int maxSize) {
			if (object.length != snapshot.size()) {
				throw damaged(snapshot, "its size is not the one in the list");
			}
			try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
				byte[] plain = in.readNBytes(maxSize);
				if (in.read() != -1) {
					throw damaged(snapshot, "it is over the size limit");
				}
				return new Body(object, plain);
			}
			catch (IOException broken) {
				throw damaged(snapshot, "it is not valid gzip");
			}
		}

		static DamagedSnapshotException damaged(Snapshot snapshot, String reason) {
			return new DamagedSnapshotException("the stored snapshot of " + snapshot.time() + " is damaged: " + reason
					+ "; other snapshots are not affected");
		}

	}

}
