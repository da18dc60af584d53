package io.htgateway.history.web;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.history.store.StoredObject;
import reactor.core.publisher.Mono;

/**
 * A real store whose reads are counted and which a test can make unavailable.
 */
final class ObservedStore implements SnapshotStore {

	private final SnapshotStore store;

	private final AtomicInteger reads = new AtomicInteger();

	private volatile int readsUntilOutage = Integer.MAX_VALUE;

	ObservedStore(SnapshotStore store) {
		this.store = store;
	}

	int reads() {
		return reads.get();
	}

	/**
	 * Makes the store unavailable after the given number of further reads of objects.
	 */
	void failAfter(int count) {
		readsUntilOutage = reads.get() + count;
	}

	void recover() {
		readsUntilOutage = Integer.MAX_VALUE;
	}

	@Override
	public Mono<List<StoredObject>> list(String prefix, String after, int limit) {
		return (reads.get() < readsUntilOutage) ? store.list(prefix, after, limit) : Mono.error(outage("list"));
	}

	@Override
	public Mono<List<String>> folders(String prefix) {
		return (reads.get() < readsUntilOutage) ? store.folders(prefix) : Mono.error(outage("list"));
	}

	@Override
	public Mono<byte[]> read(String name, int maxSize) {
		return Mono.defer(() -> (reads.getAndIncrement() < readsUntilOutage) ? store.read(name, maxSize)
				: Mono.error(outage("read")));
	}

	private static SnapshotStoreException outage(String operation) {
		return new SnapshotStoreException(operation + ": connection refused", null);
	}

	@Override
	public Mono<Void> write(String name, byte[] content) {
		return store.write(name, content);
	}

	@Override
	public Mono<Void> remove(List<String> names) {
		return store.remove(names);
	}

	@Override
	public String location() {
		return store.location();
	}

	@Override
	public void close() {
		store.close();
	}

}
