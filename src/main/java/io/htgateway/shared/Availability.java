package io.htgateway.shared;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis can be used, as far as is known. Some failures in a row mean that it
 * cannot; only successes of what is tried from time to time mean that it can again: one,
 * or more if the last return was short. Failures within a short moment count once.
 */
final class Availability {

	private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

	/**
	 * Fewer may be a moment's, such as a collection of garbage here.
	 */
	private static final int FAILURES = 3;

	/**
	 * Trials after which it is as if it had always been there.
	 */
	private static final int STEADY = 30;

	private static final int MOST_TRIALS = 16;

	private final String address;

	private final long moment;

	private final LongSupplier nanos;

	/**
	 * A shorter outage may be only a stall, whose end is found by a trial or two.
	 */
	private static final long STALL = Duration.ofSeconds(2).toNanos();

	private final List<Runnable> returns = new CopyOnWriteArrayList<>();

	private volatile boolean up;

	private boolean told;

	private boolean ending;

	private volatile int failures;

	private int inARow;

	private int needed = 1;

	private int trials;

	private long failedAt;

	private boolean lost;

	private long lostAt;

	/**
	 * Creates a state that is unavailable until the first trial.
	 * @param address of Redis, for operators
	 * @param moment time within which all failures count once
	 * @param nanos the current time of a monotonic clock
	 */
	Availability(String address, Duration moment, LongSupplier nanos) {
		this.address = address;
		this.moment = moment.toNanos();
		this.nanos = nanos;
	}

	boolean isUp() {
		return up;
	}

	/**
	 * Returns whether Redis became unavailable only a moment ago.
	 */
	synchronized boolean isStalled() {
		return lost && !up && nanos.getAsLong() - lostAt < STALL;
	}

	/**
	 * Has the given task run whenever Redis can be used again, the first time included.
	 */
	void onReturn(Runnable task) {
		returns.add(task);
	}

	/**
	 * How many failures were counted so far.
	 */
	int failures() {
		return failures;
	}

	/**
	 * Records a failed command. Failures of commands that were in flight together count
	 * as one, since they have one cause. So do the failures until a lost connection is
	 * replaced.
	 * @param counted how many failures were counted when it was sent
	 */
	synchronized void failed(Throwable failure, int counted) {
		long now = nanos.getAsLong();
		if (counted != failures || (failures > 0 && now - failedAt < moment)) {
			return;
		}
		failedAt = now;
		failures++;
		inARow++;
		if (inARow >= FAILURES || !told) {
			down(failure);
		}
	}

	/**
	 * A command succeeded.
	 */
	synchronized void succeeded() {
		inARow = 0;
	}

	/**
	 * Redis was tried and can be read and written.
	 */
	void trialSucceeded() {
		synchronized (this) {
			inARow = 0;
			trials++;
			if (up) {
				needed = (trials >= STEADY) ? 1 : needed;
				return;
			}
			if (trials < needed) {
				return;
			}
			trials = 0;
			LOG.info("Redis can be used: responses, loads and the budget are shared with other replicas");
			up = true;
			told = true;
		}
		// Each task runs, even if another one fails.
		returns.forEach(RepeatedTask::attempt);
	}

	/**
	 * Nothing is told from now on: connections end before all who use them.
	 */
	synchronized void end() {
		ending = true;
	}

	private void down(Throwable failure) {
		if (up && trials < STEADY) {
			needed = Math.min(2 * needed, MOST_TRIALS);
		}
		trials = 0;
		if (up) {
			lost = true;
			lostAt = nanos.getAsLong();
		}
		if ((up || !told) && !ending) {
			LOG.warn(
					"Redis unavailable; continuing with the local cache and this replica's part of the budget: address={}"
							+ " reason={}",
					address, UnavailabilityReason.of(failure));
		}
		up = false;
		told = true;
	}

}
