package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.cache.disk.FileIndex.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of earlier runs in steps, so that writes do not wait for the whole
 * scan. Removes temporary files and files that are no longer usable. Used only by the
 * writing thread.
 */
final class DirectoryScan {

	private static final int STEP = 200;

	private final CacheDirectory directory;

	private final FileIndex index;

	private final DiskHealth health;

	private final long now;

	private final List<Found> found = new ArrayList<>();

	private @Nullable Iterator<String> names;

	DirectoryScan(CacheDirectory directory, FileIndex index, DiskHealth health, long now) {
		this.directory = directory;
		this.index = index;
		this.health = health;
		this.now = now;
	}

	/**
	 * Reads the next files. After the last one, the index is complete.
	 * @return whether there are more
	 */
	boolean step() {
		if (index.isComplete()) {
			return false;
		}
		Iterator<String> left = (names != null) ? names : list();
		for (int step = STEP; step > 0 && left.hasNext(); step--) {
			visit(left.next());
		}
		names = left;
		if (left.hasNext()) {
			return true;
		}
		end();
		return false;
	}

	private Iterator<String> list() {
		try {
			return directory.names().iterator();
		}
		catch (IOException failure) {
			health.readFailed(failure.toString());
			return Collections.emptyIterator();
		}
	}

	private void end() {
		Map<String, StoredFile> earlier = new LinkedHashMap<>();
		found.stream()
			.sorted(Comparator.comparing(Found::lastUsed))
			.forEach((file) -> earlier.put(file.name(), file.content()));
		found.clear();
		index.complete(earlier);
	}

	private void visit(String name) {
		try {
			if (CacheDirectory.isTemporary(name)) {
				directory.remove(name);
			}
			else if (CacheDirectory.isResponse(name) && index.use(name) == null) {
				add(name);
			}
		}
		catch (NoSuchFileException removed) {
			// Another program removed the file since it was listed.
		}
		catch (IOException failure) {
			health.readFailed(failure.toString());
		}
	}

	private void add(String name) throws IOException {
		StoredFile content = content(name);
		if (content == null || content.usableUntil() <= now) {
			directory.remove(name);
		}
		else {
			found.add(new Found(name, content, directory.lastUsed(name)));
		}
	}

	private @Nullable StoredFile content(String name) throws IOException {
		try {
			long length = directory.length(name);
			return FileHeader.read(directory.read(name, FileHeader.MAX_LENGTH))
				.map((header) -> StoredFile.of(header, length))
				.orElse(null);
		}
		catch (CacheDirectory.NotAFileException foreign) {
			return null;
		}
	}

	private record Found(String name, StoredFile content, FileTime lastUsed) {
	}

}
