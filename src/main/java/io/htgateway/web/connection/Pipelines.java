package io.htgateway.web.connection;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The HTTP/1.1 connections of a server that have received further requests than the one
 * that it is answering.
 */
public final class Pipelines {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = lock.newCondition();

	private int busy;

	private volatile boolean draining;

	/**
	 * Creates the pipelines of a server that does not drain.
	 */
	public Pipelines() {
	}

	/**
	 * Has each connection closed after the last response that it owes.
	 */
	void drain() {
		draining = true;
	}

	boolean isDraining() {
		return draining;
	}

	void began() {
		lock.lock();
		try {
			busy++;
		}
		finally {
			lock.unlock();
		}
	}

	void ended() {
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
	 * Waits until no received request is behind another, but no longer than the given
	 * time.
	 */
	void awaitEnd(Duration longest) throws InterruptedException {
		long left = longest.toNanos();
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
