package io.htgateway.access.limit;

import java.util.concurrent.atomic.AtomicLong;

import io.github.bucket4j.Bucket;

/**
 * Requests of a team at this replica that are not in the count that replicas share yet.
 */
public final class UnreportedRequests {

	private final AtomicLong count = new AtomicLong();

	private final long batch;

	private final Bucket fallback;

	private final long fallbackLimit;

	private final Runnable full;

	private volatile boolean idle = true;

	/**
	 * Creates an empty count.
	 * @param batch number of requests after which they should be reported
	 * @param fallback limits this replica while the shared count is unavailable
	 * @param fallbackLimit most requests a minute of the fallback
	 * @param full runs when requests should be reported
	 */
	UnreportedRequests(long batch, Bucket fallback, long fallbackLimit, Runnable full) {
		this.batch = batch;
		this.fallback = fallback;
		this.fallbackLimit = fallbackLimit;
		this.full = full;
	}

	Bucket fallback() {
		return fallback;
	}

	long fallbackLimit() {
		return fallbackLimit;
	}

	long count() {
		return count.get();
	}

	/**
	 * Counts a request. The first one after a quiet time is reported at once, without
	 * waiting for a full batch: other replicas may have used up the limit meanwhile.
	 */
	void add() {
		long unreported = count.incrementAndGet();
		if (unreported == batch || idle) {
			idle = false;
			full.run();
		}
	}

	/**
	 * Returns whether no request came recently.
	 */
	public boolean isIdle() {
		return idle;
	}

	/**
	 * Marks the team as idle, if no request is waiting to be reported.
	 */
	public void rest() {
		idle = count.get() == 0;
	}

	/**
	 * Returns whether a whole batch waits to be reported.
	 */
	public boolean isFull() {
		return count.get() >= batch;
	}

	/**
	 * Removes and returns all requests, to be added to the shared count.
	 */
	public long take() {
		return count.getAndSet(0);
	}

}
