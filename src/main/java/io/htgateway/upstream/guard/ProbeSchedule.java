package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;

/**
 * When a call may probe what wrong answers have closed: after a minute, then after twice
 * as long each time, and at least every 15 minutes. Closes after some wrong answers in a
 * row, which may cost a call each.
 */
final class ProbeSchedule {

	/**
	 * Fewer may come from a server in front of the API for a moment.
	 */
	static final int IN_A_ROW = 3;

	private static final Duration FIRST_INTERVAL = Duration.ofMinutes(1);

	private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(15);

	private int answers;

	private Duration interval = Duration.ZERO;

	private Instant next = Instant.MIN;

	/**
	 * Records a wrong answer.
	 */
	void failed(Instant now) {
		answers++;
		if (answers >= IN_A_ROW && !isClosed()) {
			interval = FIRST_INTERVAL;
			next = now.plus(interval);
		}
	}

	boolean isClosed() {
		return !interval.isZero();
	}

	/**
	 * Returns whether a probe may pass now, and expects the next one later if so.
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
	 * Allows the next probe, because this one was not sent.
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
		answers = 0;
		interval = Duration.ZERO;
	}

}
