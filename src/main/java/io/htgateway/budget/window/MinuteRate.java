package io.htgateway.budget.window;

import java.time.Duration;

/**
 * The calls that a minute holds, and those that flow in. Both together are never more
 * than the limit, wherever the minute begins. A call may take some seconds longer than
 * another to arrive, so the calls flow in more slowly by as much.
 *
 * @param limit most calls in any minute
 * @param burst most calls at once
 * @param refill calls that flow in during {@link #PERIOD}
 */
public record MinuteRate(long limit, long burst, long refill) {

	/**
	 * Time in which all calls of the refill flow in.
	 */
	public static final Duration PERIOD = Duration.ofSeconds(65);

	/**
	 * Returns the rate of one replica: two thirds of the calls at once, and the rest
	 * flows in.
	 */
	public static MinuteRate ofOne(long limit) {
		long burst = Math.max(1, limit * 2 / 3);
		return new MinuteRate(limit, burst, Math.max(1, limit - burst));
	}

	/**
	 * Returns the rate of all replicas, less their own parts: half of the calls at once,
	 * and a quarter flows in.
	 */
	static MinuteRate ofAll(long limit) {
		long burst = Math.max(1, limit / 2);
		return new MinuteRate(limit, burst, Math.max(1, limit - burst - ownParts(limit)));
	}

	/**
	 * Returns how many calls are the own parts of all replicas together, which they may
	 * make without knowing of each other.
	 */
	public static long ownParts(long limit) {
		return limit / 4;
	}

	/**
	 * Returns how many calls flow in during the given time.
	 */
	double inflow(Duration since) {
		double seconds = Math.max(0, since.toSeconds() + since.toNanosPart() / 1e9);
		return refill * seconds / PERIOD.toSeconds();
	}

	/**
	 * Returns the most calls that can have been made since so many were left.
	 */
	long most(long available, Duration since) {
		return (long) Math.min((double) burst, Math.max(0, available) + Math.ceil(inflow(since)));
	}

}
