package io.htgateway.pacing;

import java.util.Locale;
import java.util.Random;

/**
 * A plan that the simulated upstream enforces.
 */
enum SimulatedPlan {

	// Ages are hours here, so a tenth of the requests finds the same.
	FREE(Integer.MAX_VALUE, 100, 30 * 100, 0.05),

	PULSE(60, Integer.MAX_VALUE, 50_000, 0.5),

	SURGE(100, Integer.MAX_VALUE, 150_000, 0.5),

	FLOW(200, Integer.MAX_VALUE, 400_000, 0.5),

	STREAM(500, Integer.MAX_VALUE, 2_000_000, 0.5);

	private final long perMinute;

	private final long perDay;

	private final long perMonth;

	private final double requestsPerSecond;

	SimulatedPlan(long perMinute, long perDay, long perMonth, double requestsPerSecond) {
		this.perMinute = perMinute;
		this.perDay = perDay;
		this.perMonth = perMonth;
		this.requestsPerSecond = requestsPerSecond;
	}

	String property() {
		return name().toLowerCase(Locale.ROOT);
	}

	long perMonth() {
		return perMonth;
	}

	CountingUpstream upstream() {
		return new CountingUpstream(perMinute, perDay, perMonth);
	}

	SimulatedDemand demand() {
		return new SimulatedDemand(SimulatedMonth.KEYS, requestsPerSecond, new Random(SimulatedMonth.SEED));
	}

	/**
	 * Returns the calls per second that the plan affords.
	 */
	double rate() {
		return (double) perMonth / SimulatedMonth.LENGTH.toSeconds();
	}

	/**
	 * Returns whether loading every key at the end of its configured lifetime would take
	 * more calls than the plan has.
	 */
	boolean isExceeded() {
		return SimulatedMonth.KEYS > rate() * SimulatedMonth.TTL.toSeconds();
	}

}
