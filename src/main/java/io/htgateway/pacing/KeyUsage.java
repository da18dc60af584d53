package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;

/**
 * The usage of a key: its configured lifetime, its phase in the spread of all keys, and
 * until when it counts as in use.
 */
final class KeyUsage {

	private final long ttl;

	private final Instant loadedAt;

	private final double phase;

	private final long lifetime;

	private volatile Instant activeUntil;

	/**
	 * Creates the usage of a key that was loaded at the given time. Without requests it
	 * counts as in use for twice its lifetime.
	 * @param ttl configured lifetime
	 * @param lifetime stretched lifetime
	 * @param phase share of the stretch that applies to the key, 1 on average
	 */
	KeyUsage(Duration ttl, Duration lifetime, Instant loadedAt, double phase) {
		this.ttl = ttl.toMillis();
		this.loadedAt = loadedAt;
		this.phase = phase;
		this.lifetime = lifetime.toMillis();
		this.activeUntil = loadedAt.plusMillis(2 * this.lifetime);
	}

	/**
	 * Records a request for the key, which counts as in use for another lifetime.
	 */
	void request(Instant now) {
		activeUntil = now.plusMillis(lifetime);
	}

	boolean isActive(Instant now) {
		return now.isBefore(activeUntil);
	}

	/**
	 * Returns the calls per second that the key would need at its configured lifetime.
	 */
	double demand() {
		return 1000.0 / Math.max(1, ttl);
	}

	/**
	 * Returns the age, in milliseconds, at which the key is due to be refreshed.
	 */
	double interval(double stretch) {
		return ttl * (1 + (stretch - 1) * phase);
	}

	/**
	 * Returns the time since the load as a multiple of the interval: more than 1 if the
	 * refresh is late.
	 */
	double lateness(double stretch, Instant now) {
		return Duration.between(loadedAt, now).toMillis() / interval(stretch);
	}

}
