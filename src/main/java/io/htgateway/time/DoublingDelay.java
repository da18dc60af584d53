package io.htgateway.time;

import java.time.Duration;

/**
 * Delay that doubles with each attempt in a row, up to a maximum.
 *
 * @param first delay after the first attempt
 * @param max longest delay
 */
public record DoublingDelay(Duration first, Duration max) {

	private static final int MAX_DOUBLINGS = 16;

	/**
	 * Returns the delay after the given number of attempts in a row, at least 1.
	 */
	public Duration after(int attempts) {
		Duration delay = first.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
		return (delay.compareTo(max) < 0) ? delay : max;
	}

}
