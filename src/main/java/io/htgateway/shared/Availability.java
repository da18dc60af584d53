package io.htgateway.shared;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

import io.htgateway.time.RepeatedTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Availability of Redis, as far as this replica knows. Several failures in a row start an
 * outage. Only successful trials end it: one, or more if the previous outage ended only a
 * short time ago. Failures within a short time count once.
 */
final class Availability {

	private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

	/**
	 * Failures in a row that start an outage. Fewer may have a momentary cause, such as a
	 * garbage collection in this process.
	 */
	private static final int MAX_FAILURES = 3;

	/**
	 * Successful trials after which earlier outages do not matter.
	 */
	private static final int STEADY_TRIALS = 30;

	private static final int MAX_TRIALS = 16;

	private final String address;

	private final long failureWindow;

	private final LongSupplier nanos;

	/**
	 * A shorter outage may be only a stall, whose end one or two trials find.
	 */
	private static final long STALL = Duration.ofSeconds(2).toNanos();

	private final List<Runnable> onAvailableTasks = new CopyOnWriteArrayList<>();

	private volatile boolean available;

	private boolean logged;

	private boolean closing;

	private volatile int countedFailures;

	private int consecutiveFailures;

	private int neededTrials = 1;

	private int successfulTrials;

	private long failedAt;

	private boolean wasAvailable;

	private long unavailableSince;

	/**
	 * Creates a state that is unavailable until the first successful trial.
	 * @param address address of Redis, for operators
	 * @param failureWindow time within which all failures count once
	 * @param nanos current time of a monotonic clock, in nanoseconds
	 */
	Availability(String address, Duration failureWindow, LongSupplier nanos) {
		this.address = address;
		this.failureWindow = failureWindow.toNanos();
		this.nanos = nanos;
	}

	boolean isAvailable() {
		return available;
	}

	/**
	 * Returns whether Redis became unavailable within the last two seconds.
	 */
	synchronized boolean isStalled() {
		return wasAvailable && !available && nanos.getAsLong() - unavailableSince < STALL;
	}

	/**
	 * Registers a task that runs whenever Redis becomes available, including the first
	 * time.
	 */
	void onAvailable(Runnable task) {
		onAvailableTasks.add(task);
	}

	/**
	 * Returns how many failures were counted so far.
	 */
	int failures() {
		return countedFailures;
	}

	/**
	 * Records a failed command. Failures of commands that were in flight together have
	 * one cause and count once. So do the failures until a lost connection is replaced.
	 * @param countedBefore how many failures were counted when the command was sent
	 */
	synchronized void failed(Throwable failure, int countedBefore) {
		long now = nanos.getAsLong();
		if (countedBefore != countedFailures || (countedFailures > 0 && now - failedAt < failureWindow)) {
			return;
		}
		failedAt = now;
		countedFailures++;
		consecutiveFailures++;
		if (consecutiveFailures >= MAX_FAILURES || !logged) {
			markUnavailable(failure);
		}
	}

	/**
	 * Records a successful command.
	 */
	synchronized void succeeded() {
		consecutiveFailures = 0;
	}

	/**
	 * Records a successful trial: Redis can be read and written.
	 */
	void trialSucceeded() {
		synchronized (this) {
			consecutiveFailures = 0;
			successfulTrials++;
			if (available) {
				neededTrials = (successfulTrials >= STEADY_TRIALS) ? 1 : neededTrials;
				return;
			}
			if (successfulTrials < neededTrials) {
				return;
			}
			successfulTrials = 0;
			LOG.info("Redis available: responses, loads and the budget are shared with other replicas");
			available = true;
			logged = true;
		}
		// Each task runs, even if another one fails.
		onAvailableTasks.forEach(RepeatedTask::attempt);
	}

	/**
	 * Stops logging: during shutdown connections end before their users.
	 */
	synchronized void close() {
		closing = true;
	}

	private void markUnavailable(Throwable failure) {
		if (available && successfulTrials < STEADY_TRIALS) {
			neededTrials = Math.min(2 * neededTrials, MAX_TRIALS);
		}
		successfulTrials = 0;
		if (available) {
			wasAvailable = true;
			unavailableSince = nanos.getAsLong();
		}
		if ((available || !logged) && !closing) {
			LOG.warn(
					"Redis unavailable; continuing with the local cache and this replica's part of the budget: address={}"
							+ " reason={}",
					address, UnavailabilityReason.of(failure));
		}
		available = false;
		logged = true;
	}

}
