package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;

/**
 * A key in use: its configured lifetime, where it stands in the spread of all keys, and
 * until when it counts as in use.
 */
final class KeyUsage {

	private final long ttl;

	private final Instant loadedAt;

	private final double phase;

	private final long patience;

	private volatile Instant usedUntil;

	/**
	 * A key that was loaded at the given time, and counts for as long again as it is
	 * fresh if nobody asks for it afterwards.
	 * @param phase how much of the stretch it takes, 1 on average
	 */
	KeyUsage(Duration ttl, Duration lifetime, Instant loadedAt, double phase) {
		this.ttl = ttl.toMillis();
		this.loadedAt = loadedAt;
		this.phase = phase;
		this.patience = lifetime.toMillis();
		this.usedUntil = loadedAt.plusMillis(2 * patience);
	}

	void ask(Instant now) {
		usedUntil = now.plusMillis(patience);
	}

	boolean isInUse(Instant now) {
		return now.isBefore(usedUntil);
	}

	/**
	 * Calls per second that it takes at its configured lifetime.
	 */
	double demand() {
		return 1000.0 / Math.max(1, ttl);
	}

	/**
	 * Age in milliseconds at which it is to be loaded anew.
	 */
	double interval(double stretch) {
		return ttl * (1 + (stretch - 1) * phase);
	}

	/**
	 * How much later it is now than it was to be loaded anew, as a factor.
	 */
	double lateness(double stretch, Instant now) {
		return Duration.between(loadedAt, now).toMillis() / interval(stretch);
	}

}
