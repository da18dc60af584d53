package io.htgateway.web.connection;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * HTTP/1.1 connections of a server with received requests that wait for the response
 * before them.
 */
public final class Pipelines {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = lock.newCondition();

	private int busy;

	private volatile boolean draining;

	/**
	 * Creates the registry of a server that does not drain.
	 */
	public Pipelines() {
	}

	/**
	 * Starts closing each connection after its last pending response.
	 */
	void drain() {
		draining = true;
	}

	boolean isDraining() {
		return draining;
	}

	void becameBusy() {
		lock.lock();
		try {
			busy++;
		}
		finally {
			lock.unlock();
		}
	}

	void becameIdle() {
		lock.lock();
		try {
			busy--;
			if (busy == 0) {
				empty.signalAll();
			}
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Waits until no received request waits for another, at most for the given time.
	 */
	void awaitEnd(Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		lock.lock();
		try {
			while (busy > 0 && left > 0) {
				left = empty.awaitNanos(left);
			}
		}
		finally {
			lock.unlock();
		}
	}

}
