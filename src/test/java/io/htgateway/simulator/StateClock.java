package io.htgateway.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Numbers the state updates: all data is a function of the number.
 *
 * @param clock the time
 * @param period the time between two updates
 */
record StateClock(InstantSource clock, Duration period) {

	Instant now() {
		return this.clock.instant();
	}

	long state() {
		return Math.floorDiv(this.clock.millis(), this.period.toMillis());
	}

	Instant startOf(long state) {
		return Instant.ofEpochMilli(state * this.period.toMillis());
	}

}
