package io.htgateway.history.store;

import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Store of snapshots: a folder, or a bucket of an object store. Objects have names with
 * slashes, which sort by their UTF-8 bytes. A store may contain foreign objects, and
 * lists them as well.
 * <p>
 * No method blocks its caller. Every operation ends within a minute, and fails only with
 * a {@link SnapshotStoreException}.
 */
public interface SnapshotStore extends AutoCloseable {

	/**
	 * Maximum number of objects in one listing.
	 */
	int MAX_LIMIT = 1_000;

	/**
	 * Lists objects in the order of their names. Reads no more of them than it returns.
	 * @param prefix prefix of their names: empty, or ends with a slash
	 * @param after name, or beginning of a name, after which the list begins; it begins
	 * with the prefix. Empty to begin with the first object
	 * @param limit maximum number of objects, 1 to {@link #MAX_LIMIT}; fewer are returned
	 * only at the end of the list
	 */
	Mono<List<StoredObject>> list(String prefix, String after, int limit);

	/**
	 * Lists the folders directly below the given prefix: the distinct parts of names
	 * between the prefix and the next slash, in order. Empty directories may be among
	 * them.
	 * @param prefix empty, or a prefix that ends with a slash
	 */
	Mono<List<String>> folders(String prefix);

	/**
	 * Returns the content of the given object, or nothing if it does not exist.
	 * @param maxSize maximum size of the content, in bytes; a larger object is a failure
	 */
	Mono<byte[]> read(String name, int maxSize);

	/**
	 * Stores an object, and replaces one of the same name. The write is atomic: after a
	 * failure, no part of the object is stored under the name.
	 */
	Mono<Void> write(String name, byte[] content);

	/**
	 * Removes the given objects. Ignores names of objects that do not exist.
	 */
	Mono<Void> remove(List<String> names);

	/**
	 * Returns the location of the store for operators, without credentials.
	 */
	String location();

	/**
	 * Releases connections and threads.
	 */
	@Override
	void close();

}
