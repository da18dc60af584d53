package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;

/**
 * The usage of a key: its configured lifetime, the demand for it, its place in the spread
 * of all keys, and until when it counts as in use.
 */
final class KeyUsage {

	/**
	 * Number of mean times between two requests after which the next one is late: with
	 * Poisson demand 5 % are.
	 */
	private static final int USUAL_GAPS = 3;

	private final long ttl;

	private final Instant loadedAt;

	private final double phase;

	private final Demand demand;

	private final long lifetime;

	private volatile double stretch;

	private volatile double usualGap;

	private volatile Instant requestedAt;

	/**
	 * Creates the usage of a key that was loaded at the given time.
	 * @param ttl configured lifetime
	 * @param maxTtl longest lifetime, if the configured one is shorter
	 * @param stretch refresh interval as a multiple of the configured lifetime, at least
	 * 1
	 * @param phase share of the stretch that applies to the key, 1 on average
	 */
	KeyUsage(Duration ttl, Duration maxTtl, Instant loadedAt, double stretch, double phase, Demand demand) {
		this.ttl = ttl.toMillis();
		this.loadedAt = loadedAt;
		this.phase = phase;
		this.demand = demand;
		this.stretch = stretch;
		this.lifetime = Math.max(this.ttl, Math.min((long) interval(), maxTtl.toMillis()));
		this.requestedAt = loadedAt.plusMillis(lifetime);
	}

	/**
	 * Records a request for the stale response.
	 */
	void request(Instant now) {
		requestedAt = now;
	}

	/**
	 * Returns whether the key is in use: its response is fresh, or it was requested
	 * within a lifetime or within three of the usual times between two requests.
	 */
	boolean isActive(Instant now) {
		long idle = Duration.between(requestedAt, now).toMillis();
		return idle < Math.max((double) lifetime, USUAL_GAPS * usualGap * 1000);
	}

	Demand demand() {
		return demand;
	}

	Duration lifetime() {
		return Duration.ofMillis(lifetime);
	}

	/**
	 * Returns the shortest refresh interval, in seconds: the configured lifetime.
	 */
	double cadence() {
		return Math.max(1, ttl) / 1000.0;
	}

	double stretch() {
		return stretch;
	}

	/**
	 * Sets the refresh interval, in seconds, without the phase.
	 */
	void plan(double interval) {
		stretch = interval / cadence();
	}

	/**
	 * Sets the mean time between two requests, in seconds.
	 */
	void expect(double gap) {
		usualGap = gap;
	}

	double usualGap() {
		return usualGap;
	}

	/**
	 * Returns the age, in milliseconds, at which the key is due to be refreshed.
	 */
	double interval() {
		return ttl * (1 + (stretch - 1) * phase);
	}

	/**
	 * Returns the time since the load as a multiple of the interval: more than 1 if the
	 * refresh is late.
	 */
	double lateness(Instant now) {
		return Duration.between(loadedAt, now).toMillis() / interval();
	}

}
