package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;

/**
 * Schedule of probes after wrong responses. Closes after three wrong responses in a row,
 * each of which may have cost a call. Admits the first probe after a minute and doubles
 * the interval with each probe, up to 15 minutes.
 */
final class ProbeSchedule {

	/**
	 * Number of wrong responses at which it closes. A server in front of the API may
	 * cause fewer for a moment.
	 */
	static final int IN_A_ROW = 3;

	private static final Duration FIRST_INTERVAL = Duration.ofMinutes(1);

	private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(15);

	private int wrongResponses;

	private Duration interval = Duration.ZERO;

	private Instant next = Instant.MIN;

	/**
	 * Records a wrong response.
	 */
	void failed(Instant now) {
		wrongResponses++;
		if (wrongResponses >= IN_A_ROW && !isClosed()) {
			interval = FIRST_INTERVAL;
			next = now.plus(interval);
		}
	}

	boolean isClosed() {
		return !interval.isZero();
	}

	/**
	 * Admits a probe if one is due, and then schedules the next one.
	 * @return whether a probe is admitted
	 */
	boolean admit(Instant now) {
		if (now.isBefore(next)) {
			return false;
		}
		Duration doubled = interval.multipliedBy(2);
		interval = (doubled.compareTo(LONGEST_INTERVAL) < 0) ? doubled : LONGEST_INTERVAL;
		next = now.plus(interval);
		return true;
	}

	/**
	 * Admits another probe at once, because this one was not sent.
	 */
	void unsent(Instant now) {
		next = now;
	}

	/**
	 * Returns the time until the next probe.
	 */
	Duration left(Instant now) {
		return now.isBefore(next) ? Duration.between(now, next) : FIRST_INTERVAL;
	}

	void reset() {
		wrongResponses = 0;
		interval = Duration.ZERO;
	}

}
