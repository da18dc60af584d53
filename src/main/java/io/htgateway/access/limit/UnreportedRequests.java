package io.htgateway.access.limit;

import java.util.concurrent.atomic.AtomicLong;

import io.github.bucket4j.Bucket;

/**
 * The requests of a team at this replica that the other replicas do not know of yet.
 */
public final class UnreportedRequests {

	private final AtomicLong calls = new AtomicLong();

	private final long batch;

	private final Bucket apart;

	private final long part;

	private final Runnable full;

	private volatile boolean idle = true;

	UnreportedRequests(long batch, Bucket apart, long part, Runnable full) {
		this.batch = batch;
		this.apart = apart;
		this.part = part;
		this.full = full;
	}

	Bucket apart() {
		return apart;
	}

	long part() {
		return part;
	}

	long calls() {
		return calls.get();
	}

	/**
	 * Counts a request. The first one after a while may find that others have used up
	 * what is known to be left, so it does not wait for more of them.
	 */
	void add() {
		long now = calls.incrementAndGet();
		if (now == batch || idle) {
			idle = false;
			full.run();
		}
	}

	/**
	 * Whether there were none lately.
	 */
	public boolean isIdle() {
		return idle;
	}

	/**
	 * There were none lately.
	 */
	public void rest() {
		idle = calls.get() == 0;
	}

	/**
	 * Whether there are so many that they should be counted.
	 */
	public boolean isFull() {
		return calls.get() >= batch;
	}

	/**
	 * Takes them all, to be counted elsewhere.
	 */
	public long take() {
		return calls.getAndSet(0);
	}

}
