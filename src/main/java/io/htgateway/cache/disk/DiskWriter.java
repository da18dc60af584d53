package io.htgateway.cache.disk;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.htgateway.cache.codec.ResponseCodec;
import io.htgateway.cache.disk.FileIndex.StoredFile;
import io.htgateway.cache.disk.PendingWrites.Pending;
import io.htgateway.cache.store.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that changes the directory: writes, purges, and the removal of files. Used
 * by one thread at a time.
 */
final class DiskWriter {

	private final CacheDirectory directory;

	private final FileIndex index;

	private final PendingWrites pending;

	private final RecentPurges purges;

	private final DirectoryClock clock;

	private final DirectoryScan scan;

	private final DiskHealth health;

	private final DiskMeters meters;

	private final long maxSize;

	DiskWriter(CacheDirectory directory, FileIndex index, PendingWrites pending, RecentPurges purges,
			DirectoryClock clock, DiskHealth health, DiskMeters meters, long maxSize) {
		this.directory = directory;
		this.index = index;
		this.pending = pending;
		this.purges = purges;
		this.clock = clock;
		this.scan = new DirectoryScan(directory, index, health, clock.now());
		this.health = health;
		this.meters = meters;
		this.maxSize = maxSize;
	}

	/**
	 * Scans some of the files of earlier runs. After the last ones, removes what exceeds
	 * the maximum size, which may have been reduced.
	 * @return whether there are more
	 */
	boolean scan() {
		boolean more = scan.step();
		if (!more) {
			remove(index.makeRoom("", 0, maxSize));
		}
		return more;
	}

	/**
	 * Saves the time, and removes the files that may not be used any more.
	 */
	void maintain() {
		saveTime();
		remove(index.removeUnusable(clock.now()));
	}

	/**
	 * Saves the time for the next run.
	 */
	void saveTime() {
		try {
			clock.save();
		}
		catch (IOException failure) {
			health.writeFailed(failure);
		}
	}

	/**
	 * Writes the latest response that is pending for the given file.
	 */
	void write(String name) {
		Pending next = pending.find(name);
		while (next != null) {
			try {
				write(name, next);
			}
			finally {
				next = pending.remove(name, next) ? null : pending.find(name);
			}
		}
	}

	private void write(String name, Pending next) {
		FileHeader header = header(next);
		if (index.isLater(name, header.fetchedAt())) {
			return;
		}
		byte[] head = header.bytes();
		byte[] form = ResponseCodec.write(next.entry());
		StoredFile file = StoredFile.of(header, head.length + form.length);
		if (head.length > FileHeader.MAX_LENGTH || file.space() > maxSize) {
			meters.droppedPuts().increment();
			return;
		}
		remove(index.makeRoom(name, file.space(), maxSize));
		try {
			directory.write(name, head, form);
			index.put(name, file);
			meters.puts().increment();
			health.written();
		}
		catch (IOException failure) {
			meters.failedPuts().increment();
			health.writeFailed(failure);
		}
	}

	private FileHeader header(Pending write) {
		Instant fetchedAt = write.fetchedAt();
		Instant purged = purges.first(write.key(), fetchedAt);
		long time = clock.at(fetchedAt);
		return FileHeader.of(write.key(), time, time + write.usableFor().toMillis(),
				(purged != null) ? clock.at(purged) : FileHeader.NEVER);
	}

	/**
	 * Marks the responses of the given subjects that were fetched up to the given time as
	 * stale.
	 * @return null, or the failure because of which a restart would undo the purge
	 */
	@Nullable IOException purge(Subjects subjects, Instant at) {
		while (scan.step()) {
			// Files that were not scanned yet are purged too.
		}
		IOException failed = null;
		for (String name : index.purge(subjects, clock.at(at))) {
			try {
				rewrite(name, clock.at(at));
			}
			catch (IOException failure) {
				failed = failure;
			}
		}
		return failed;
	}

	// Where it cannot be rewritten, as on a full disk, it is removed.
	private void rewrite(String name, long purged) throws IOException {
		try {
			byte[] content = directory.read(name);
			FileHeader header = FileHeader.read(content).orElseThrow(() -> new IOException("damaged"));
			int length = FileHeader.length(content);
			byte[] form = new byte[content.length - length];
			System.arraycopy(content, length, form, 0, form.length);
			directory.write(name, header.staleFrom(purged).bytes(), form);
		}
		catch (IOException failure) {
			index.remove(name);
			directory.remove(name);
		}
	}

	private void remove(List<String> names) {
		for (String name : names) {
			try {
				directory.remove(name);
			}
			catch (IOException failure) {
				health.writeFailed(failure);
			}
		}
	}

}
