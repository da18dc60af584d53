package io.htgateway.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.history.store.StoredObject;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Store that passes operations on to a real one. A test can make it fail or wait.
 */
final class UnreliableStore implements SnapshotStore {

	private final List<String> writes = new CopyOnWriteArrayList<>();

	private final SnapshotStore real;

	private volatile @Nullable String failure;

	private volatile Sinks.@Nullable Empty<Void> gate;

	UnreliableStore(SnapshotStore real) {
		this.real = real;
	}

	/**
	 * Fails each operation with the given reason; null ends this.
	 */
	void fail(@Nullable String reason) {
		failure = reason;
	}

	/**
	 * Suspends each operation that begins from now on.
	 */
	void hold() {
		gate = Sinks.empty();
	}

	/**
	 * Resumes all suspended operations.
	 */
	void release() {
		Sinks.Empty<Void> held = gate;
		gate = null;
		if (held != null) {
			held.tryEmitEmpty();
		}
	}

	/**
	 * Returns the names of all writes, including those that failed.
	 */
	List<String> writes() {
		return new ArrayList<>(writes);
	}

	private <T> Mono<T> pass(Mono<T> operation) {
		return Mono.defer(() -> {
			String reason = failure;
			Sinks.Empty<Void> held = gate;
			if (reason != null) {
				return Mono.error(new SnapshotStoreException(reason, null));
			}
			return (held != null) ? held.asMono().then(operation) : operation;
		});
	}

	@Override
	public Mono<List<StoredObject>> list(String prefix, String after, int limit) {
		return pass(real.list(prefix, after, limit));
	}

	@Override
	public Mono<List<String>> folders(String prefix) {
		return pass(real.folders(prefix));
	}

	@Override
	public Mono<byte[]> read(String name, int maxSize) {
		return pass(real.read(name, maxSize));
	}

	@Override
	public Mono<Void> write(String name, byte[] content) {
		return pass(Mono.defer(() -> {
			writes.add(name);
			return real.write(name, content);
		}));
	}

	@Override
	public Mono<Void> remove(List<String> names) {
		return pass(real.remove(names));
	}

	@Override
	public String location() {
		return real.location();
	}

	@Override
	public void close() {
		real.close();
	}

}
