package io.htgateway.budget.window;

import java.time.Duration;

/**
 * Capacity and refill of the minute's bucket. Both together never exceed the limit,
 * wherever the minute begins. One call may take some seconds longer than another to
 * arrive at the upstream, so the refill is slower by that time.
 *
 * @param limit most calls in any minute
 * @param burst most calls at once
 * @param refill calls added during {@link #PERIOD}
 */
public record MinuteRate(long limit, long burst, long refill) {

	/**
	 * Time in which the whole refill is added.
	 */
	public static final Duration PERIOD = Duration.ofSeconds(65);

	/**
	 * Returns the rate of one replica: two thirds of the calls at once, and the rest as
	 * refill.
	 */
	public static MinuteRate ofOne(long limit) {
		long burst = Math.max(1, limit * 2 / 3);
		return new MinuteRate(limit, burst, Math.max(1, limit - burst));
	}

	/**
	 * Returns the rate of all replicas without their fallback parts: half of the calls at
	 * once, and about a quarter as refill.
	 */
	static MinuteRate ofAll(long limit) {
		long burst = Math.max(1, limit / 2);
		return new MinuteRate(limit, burst, Math.max(1, limit - burst - fallbackParts(limit)));
	}

	/**
	 * Returns the calls in the fallback parts of all replicas together, which they may
	 * make without knowing of each other.
	 */
	public static long fallbackParts(long limit) {
		return limit / 4;
	}

	/**
	 * Returns how many calls are added during the given time.
	 */
	double inflow(Duration since) {
		double seconds = Math.max(0, since.toSeconds() + since.toNanosPart() / 1e9);
		return refill * seconds / PERIOD.toSeconds();
	}

	/**
	 * Returns the most calls that can have been made since the given number was
	 * available.
	 */
	long most(long available, Duration since) {
		return (long) Math.min((double) burst, Math.max(0, available) + Math.ceil(inflow(since)));
	}

}
