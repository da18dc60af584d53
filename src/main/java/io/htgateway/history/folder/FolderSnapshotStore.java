package io.htgateway.history.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.history.store.StoredObject;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Store of snapshots in a folder, one file for each. Several gateways may share the
 * folder.
 */
public final class FolderSnapshotStore implements SnapshotStore {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int THREADS = 2;

	private static final int MAX_WAITING = 1_000;

	private final SnapshotFolder folder;

	private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, MAX_WAITING, "history-folder", 60, true);

	private FolderSnapshotStore(SnapshotFolder folder) {
		this.folder = folder;
	}

	/**
	 * Opens the given folder, and creates it if it does not exist.
	 * @throws IOException if it cannot be read and written
	 */
	public static FolderSnapshotStore of(Path path) throws IOException {
		SnapshotFolder folder = new SnapshotFolder(path.toAbsolutePath().normalize());
		folder.probe();
		return new FolderSnapshotStore(folder);
	}

	@Override
	public Mono<List<StoredObject>> list(String prefix, String after, int limit) {
		return call("list", () -> {
			List<StoredObject> found = new ArrayList<>();
			collect(prefix, after, limit, found);
			return found;
		});
	}

	// A directory that does not sort after the given name is skipped, unless the name is
	// in it: then all names in the directory sort before the given one.
	private void collect(String directory, String after, int limit, List<StoredObject> found) throws IOException {
		for (String entry : folder.entries(directory)) {
			if (found.size() == limit) {
				return;
			}
			String name = directory + entry;
			boolean isAfter = SnapshotFolder.ORDER.compare(name, after) > 0;
			if (name.endsWith("/") && (isAfter || after.startsWith(name))) {
				collect(name, after, limit, found);
			}
			else if (isAfter && !name.endsWith("/")) {
				add(name, found);
			}
		}
	}

	private void add(String name, List<StoredObject> found) throws IOException {
		long size = folder.size(name);
		if (size >= 0) {
			found.add(new StoredObject(name, size));
		}
	}

	@Override
	public Mono<List<String>> folders(String prefix) {
		return call("list",
				() -> folder.entries(prefix)
					.stream()
					.filter((name) -> name.endsWith("/"))
					.map((name) -> name.substring(0, name.length() - 1))
					.toList());
	}

	@Override
	public Mono<byte[]> read(String name, int maxSize) {
		return call("read", () -> folder.read(name, maxSize));
	}

	@Override
	public Mono<Void> write(String name, byte[] content) {
		return call("write", () -> {
			folder.write(name, content);
			return true;
		}).then();
	}

	@Override
	public Mono<Void> remove(List<String> names) {
		return call("remove", () -> {
			for (String name : names) {
				folder.remove(name);
			}
			return true;
		}).then();
	}

	private <T> Mono<T> call(String operation, Callable<T> task) {
		return Mono.fromCallable(task)
			.subscribeOn(scheduler)
			.timeout(TIMEOUT, Schedulers.parallel())
			.onErrorMap((failure) -> failure(operation, failure))
			.publishOn(Schedulers.parallel());
	}

	private static SnapshotStoreException failure(String operation, Throwable failure) {
		return switch (failure) {
			case IOException io -> new SnapshotStoreException(operation + ": " + io, io);
			case TimeoutException late ->
				new SnapshotStoreException(operation + ": no answer within " + TIMEOUT.toSeconds() + " s", late);
			default -> new SnapshotStoreException(operation + ": " + failure.getClass().getSimpleName(), failure);
		};
	}

	@Override
	public String location() {
		return folder.root().toString();
	}

	@Override
	public void close() {
		scheduler.dispose();
	}

}
