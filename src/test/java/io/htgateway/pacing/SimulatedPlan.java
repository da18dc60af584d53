package io.htgateway.pacing;

import java.time.Duration;
import java.util.Locale;

/**
 * A plan, as the simulated upstream holds it.
 */
enum SimulatedPlan {

	// Ages are hours here: to ask every minute finds the same as to ask every 10 s.
	FREE(Integer.MAX_VALUE, 100, 30 * 100, Duration.ofMinutes(1)),

	PULSE(60, Integer.MAX_VALUE, 50_000, Duration.ofSeconds(10)),

	SURGE(100, Integer.MAX_VALUE, 150_000, Duration.ofSeconds(10)),

	FLOW(200, Integer.MAX_VALUE, 400_000, Duration.ofSeconds(10)),

	STREAM(500, Integer.MAX_VALUE, 2_000_000, Duration.ofSeconds(10));

	private final long perMinute;

	private final long perDay;

	private final long perMonth;

	private final Duration step;

	SimulatedPlan(long perMinute, long perDay, long perMonth, Duration step) {
		this.perMinute = perMinute;
		this.perDay = perDay;
		this.perMonth = perMonth;
		this.step = step;
	}

	String property() {
		return name().toLowerCase(Locale.ROOT);
	}

	long perMonth() {
		return perMonth;
	}

	Duration step() {
		return step;
	}

	CountingUpstream upstream() {
		return new CountingUpstream(perMinute, perDay, perMonth);
	}

	/**
	 * Whether more calls than the plan has are needed to load every key at the end of its
	 * configured lifetime.
	 */
	boolean isExceeded() {
		return bestInterval() > SimulatedMonth.TTL.toSeconds();
	}

	/**
	 * The mean age, in seconds, of what is served if every key is loaded at equal
	 * intervals and no call is left over, and clients ask once a step and find something
	 * new a step later.
	 */
	double bestAge() {
		return (bestInterval() + step.toSeconds()) / 2;
	}

	private double bestInterval() {
		double affordable = (double) SimulatedMonth.KEYS * SimulatedMonth.LENGTH.toSeconds() / perMonth;
		return Math.max((double) SimulatedMonth.TTL.toSeconds(), affordable);
	}

}
