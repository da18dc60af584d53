package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.htgateway.cache.codec.ResponseCodec;
import io.htgateway.cache.disk.FileIndex.StoredFile;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses from the directory.
 */
final class DiskReader {

	private final CacheDirectory directory;

	private final FileIndex index;

	private final DirectoryClock clock;

	private final InstantSource dates;

	private final DiskHealth health;

	private final DiskMeters meters;

	DiskReader(CacheDirectory directory, FileIndex index, DirectoryClock clock, InstantSource dates, DiskHealth health,
			DiskMeters meters) {
		this.directory = directory;
		this.index = index;
		this.clock = clock;
		this.dates = dates;
		this.health = health;
		this.meters = meters;
	}

	/**
	 * Returns the response of the given key, or null.
	 */
	@Nullable Entry read(CacheKey key, String name) {
		try {
			byte[] begin = directory.read(name, FileHeader.MAX_LENGTH);
			// A large file is read only if it is of this cache: a foreign one could
			// exhaust the heap.
			boolean isComplete = begin.length < FileHeader.MAX_LENGTH || FileHeader.length(begin) == 0;
			byte[] content = isComplete ? begin : directory.read(name);
			health.read();
			return read(key, name, content);
		}
		catch (NoSuchFileException missing) {
			meters.misses().increment();
			health.read();
		}
		catch (CacheDirectory.NotAFileException foreign) {
			meters.damaged().increment();
		}
		catch (ClosedByInterruptException cancelled) {
			meters.misses().increment();
		}
		catch (IOException failure) {
			meters.failedLookups().increment();
			health.readFailed(failure.toString());
		}
		return null;
	}

	private @Nullable Entry read(CacheKey key, String name, byte[] content) {
		Optional<FileHeader> header = FileHeader.read(content).filter((found) -> found.key().equals(key.text()));
		Optional<Entry> entry = header.flatMap(
				(found) -> ResponseCodec.read(content, FileHeader.length(content), clock.instant(found.fetchedAt())));
		if (entry.isEmpty()) {
			meters.damaged().increment();
			return null;
		}
		if (header.get().usableUntil() <= clock.now()) {
			meters.misses().increment();
			return null;
		}
		meters.hits().increment();
		recordUse(name);
		// Looked up after the file was read, because it may have been purged meanwhile.
		long staleFrom = staleFrom(key, header.get(), index.use(name));
		return (staleFrom == FileHeader.NEVER) ? entry.get()
				: purged(entry.get(), staleFrom - header.get().fetchedAt());
	}

	private void recordUse(String name) {
		try {
			directory.use(name, FileTime.from(dates.instant()));
		}
		catch (IOException unwritable) {
			// Only a later run would use it, to choose which files to remove.
		}
	}

	private long staleFrom(CacheKey key, FileHeader header, @Nullable StoredFile known) {
		long purged = Math.min(header.staleFrom(), (known != null) ? known.staleFrom() : FileHeader.NEVER);
		boolean isAgeKnown = !key.isPurgeable() || header.fetchedAt() >= clock.unknownBefore();
		return isAgeKnown ? purged : Math.min(purged, header.fetchedAt());
	}

	private static Entry purged(Entry entry, long lifetime) {
		return new Entry(entry.response(), Duration.ofMillis(Math.clamp(lifetime, 0, entry.lifetime().toMillis())),
				true);
	}

}
