package io.htgateway.shared;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis can be used, as far as is known. Some failures in a row mean that it
 * cannot; only a success of what is tried from time to time means that it can again.
 */
final class Availability {

	private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

	/**
	 * One may be a moment's.
	 */
	private static final int FAILURES = 3;

	private final List<Runnable> returns = new CopyOnWriteArrayList<>();

	private volatile boolean up;

	private boolean told;

	private int failures;

	boolean isUp() {
		return up;
	}

	/**
	 * Has the given task run whenever Redis can be used again, the first time included.
	 */
	void onReturn(Runnable task) {
		returns.add(task);
	}

	/**
	 * A command failed.
	 */
	synchronized void failed(Throwable failure) {
		failures++;
		if (failures >= FAILURES || !told) {
			down(failure);
		}
	}

	/**
	 * A command succeeded.
	 */
	synchronized void succeeded() {
		failures = 0;
	}

	/**
	 * Redis was tried and can be read and written.
	 */
	void tried() {
		synchronized (this) {
			failures = 0;
			if (up) {
				return;
			}
			LOG.info("Redis can be used: responses, loads and the budget are shared with other replicas");
			up = true;
			told = true;
		}
		returns.forEach(Runnable::run);
	}

	private void down(Throwable failure) {
		if (up || !told) {
			LOG.warn("Redis cannot be used, this replica goes on alone with its part of the budget: reason={}",
					Reason.of(failure));
		}
		up = false;
		told = true;
	}

}
