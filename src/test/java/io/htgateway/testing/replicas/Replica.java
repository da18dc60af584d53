package io.htgateway.testing.replicas;

import io.htgateway.testing.Gateway;

/**
 * One gateway of several.
 */
public sealed interface Replica extends AutoCloseable permits ReplicaContext, ReplicaProcess {

	/**
	 * A client of it.
	 */
	Gateway gateway();

	/**
	 * Asks it to end, and waits for it: what it has begun is finished.
	 */
	void stop();

	/**
	 * Ends it in any case.
	 */
	@Override
	void close();

}
