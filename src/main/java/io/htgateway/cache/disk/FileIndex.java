package io.htgateway.cache.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.htgateway.cache.store.Subject;
import io.htgateway.cache.store.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * Index of the files of the directory, least recently used first. It contains files of
 * earlier runs only after the directory has been scanned.
 */
final class FileIndex {

	private static final long BLOCK = 4096;

	private final Map<String, StoredFile> files = new LinkedHashMap<>(64, 0.75f, true);

	// The disk space of those that are removed before all others, in the same order.
	private final Map<String, Long> evictedFirst = new LinkedHashMap<>(64, 0.75f, true);

	private long size;

	private boolean complete;

	/**
	 * Returns the disk space of a file of the given length, in bytes.
	 */
	static long space(long length) {
		return Math.ceilDiv(length, BLOCK) * BLOCK;
	}

	/**
	 * Returns whether a file of the given name may exist.
	 */
	synchronized boolean mayHold(String name) {
		return !complete || files.containsKey(name);
	}

	/**
	 * Returns the entry of the given file, or null. Counts as a use.
	 */
	synchronized @Nullable StoredFile use(String name) {
		evictedFirst.get(name);
		return files.get(name);
	}

	/**
	 * Returns whether the given file has a later response than one that was fetched at
	 * the given time.
	 */
	synchronized boolean isLater(String name, long fetchedAt) {
		StoredFile file = files.get(name);
		return file != null && file.fetchedAt() > fetchedAt;
	}

	synchronized void put(String name, StoredFile file) {
		remove(name);
		files.put(name, file);
		if (file.evictedFirst()) {
			evictedFirst.put(name, file.space());
		}
		size += file.space();
	}

	synchronized void remove(String name) {
		StoredFile removed = files.remove(name);
		evictedFirst.remove(name);
		size -= (removed != null) ? removed.space() : 0;
	}

	/**
	 * Adds the files of earlier runs, in the order of their use: all were used before
	 * those of this run.
	 */
	synchronized void complete(Map<String, StoredFile> earlier) {
		Map<String, StoredFile> ofThisRun = new LinkedHashMap<>(files);
		files.clear();
		evictedFirst.clear();
		size = 0;
		earlier.forEach((name, file) -> put(name, file));
		ofThisRun.forEach((name, file) -> put(name, file));
		complete = true;
	}

	synchronized boolean isComplete() {
		return complete;
	}

	/**
	 * Removes the least recently used files, first those of responses that do not change,
	 * until a file with the given space fits, and returns their names.
	 * @param name the file that is written, which itself is not removed
	 */
	synchronized List<String> makeRoom(String name, long space, long max) {
		StoredFile replaced = files.get(name);
		long excess = size + space - ((replaced != null) ? replaced.space() : 0) - max;
		List<String> removed = new ArrayList<>();
		for (Iterator<Map.Entry<String, Long>> next = inOrderOfRemoval(); excess > 0 && next.hasNext();) {
			Map.Entry<String, Long> file = next.next();
			if (!file.getKey().equals(name)) {
				removed.add(file.getKey());
				excess -= file.getValue();
			}
		}
		removed.forEach(this::remove);
		return removed;
	}

	private Iterator<Map.Entry<String, Long>> inOrderOfRemoval() {
		Stream<Map.Entry<String, Long>> others = files.entrySet()
			.stream()
			.filter((file) -> !file.getValue().evictedFirst())
			.map((file) -> Map.entry(file.getKey(), file.getValue().space()));
		return Stream.concat(evictedFirst.entrySet().stream(), others).iterator();
	}

	/**
	 * Removes the files that may not be used at the given time, and returns their names.
	 */
	synchronized List<String> removeUnusable(long now) {
		List<String> unusable = new ArrayList<>();
		files.forEach((name, file) -> {
			if (file.usableUntil() <= now) {
				unusable.add(name);
			}
		});
		unusable.forEach(this::remove);
		return unusable;
	}

	/**
	 * Marks the files of the given subjects that were fetched until the given time as
	 * stale from then, and returns their names.
	 */
	synchronized List<String> purge(Subjects subjects, long at) {
		Map<String, StoredFile> purged = new HashMap<>();
		files.forEach((name, file) -> {
			Subject subject = file.subject();
			if (subject != null && file.fetchedAt() <= at && file.staleFrom() > at && subjects.test(subject)) {
				purged.put(name, file.purgedAt(at));
			}
		});
		purged.forEach((name, file) -> files.replace(name, file));
		return List.copyOf(purged.keySet());
	}

	synchronized int count() {
		return files.size();
	}

	/**
	 * Returns the disk space of all files, in bytes.
	 */
	synchronized long size() {
		return size;
	}

	/**
	 * A file with a response. Times are those of {@link DirectoryClock}.
	 *
	 * @param space its disk space, in bytes
	 * @param subject the subject by which it is purged, or null if it is not
	 */
	record StoredFile(long space, @Nullable Subject subject, long fetchedAt, long usableUntil, long staleFrom,
			boolean evictedFirst) {

		static StoredFile of(FileHeader header, long length) {
			return new StoredFile(FileIndex.space(length), header.subject(), header.fetchedAt(), header.usableUntil(),
					header.staleFrom(), header.evictedFirst());
		}

		private StoredFile purgedAt(long at) {
			return new StoredFile(space, subject, fetchedAt, usableUntil, at, evictedFirst);
		}

	}

}
