package io.htgateway.pacing;

import java.time.Duration;
import java.util.Locale;

/**
 * A plan that the simulated upstream enforces.
 */
enum SimulatedPlan {

	// Ages are hours here, so a request every minute finds the same as one every 10 s.
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
	 * Returns whether loading every key at the end of its configured lifetime would take
	 * more calls than the plan has.
	 */
	boolean isExceeded() {
		return bestInterval() > SimulatedMonth.TTL.toSeconds();
	}

	/**
	 * Returns the mean age of responses, in seconds, if every key is loaded at equal
	 * intervals, no call is left over, and clients send a request in each step and find a
	 * new response one step later.
	 */
	double bestAge() {
		return (bestInterval() + step.toSeconds()) / 2;
	}

	private double bestInterval() {
		double affordable = (double) SimulatedMonth.KEYS * SimulatedMonth.LENGTH.toSeconds() / perMonth;
		return Math.max((double) SimulatedMonth.TTL.toSeconds(), affordable);
	}

}
