package io.htgateway.history.store;

import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Store of snapshots: a folder, or a bucket of an object store. Objects have names with
 * slashes, which sort by their UTF-8 bytes. A store may hold objects of others; it
 * ignores none of them.
 * <p>
 * No method blocks its caller, and each fails only with a {@link SnapshotStoreException}.
 * Every operation ends within a minute.
 */
public interface SnapshotStore extends AutoCloseable {

	/**
	 * Most objects that one listing may return.
	 */
	int MAX_LIMIT = 1_000;

	/**
	 * Lists objects in the order of their names. Does not read more than it returns.
	 * @param prefix prefix of their names, which ends with a slash
	 * @param after name or part of a name, which begins with the prefix, after which the
	 * list begins; empty to begin with the first object
	 * @param limit maximum number of objects, 1 to {@link #MAX_LIMIT}; fewer are returned
	 * only at the end of the list
	 */
	Mono<List<StoredObject>> list(String prefix, String after, int limit);

	/**
	 * Lists the distinct next parts of the names that begin with the given prefix and
	 * have another slash after it, in order and without that slash. Empty directories may
	 * be among them.
	 * @param prefix empty, or a prefix that ends with a slash
	 */
	Mono<List<String>> folders(String prefix);

	/**
	 * Returns the content of the given object, or nothing if it does not exist.
	 * @param maxSize maximum size of the content, in bytes; a larger object is a failure
	 */
	Mono<byte[]> read(String name, int maxSize);

	/**
	 * Stores an object as a whole, and replaces one of the same name. If it fails, no
	 * part of the object is stored under the name.
	 */
	Mono<Void> write(String name, byte[] content);

	/**
	 * Removes the given objects, as far as they exist.
	 */
	Mono<Void> remove(List<String> names);

	/**
	 * Returns the location for operators, without credentials.
	 */
	String location();

	/**
	 * Releases connections and threads.
	 */
	@Override
	void close();

}
