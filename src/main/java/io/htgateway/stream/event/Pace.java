package io.htgateway.stream.event;

import java.time.Duration;
import java.util.Locale;

/**
 * How often the upstream is polled, and why.
 *
 * @param interval time from one poll to the next
 * @param reason what determines the interval
 */
public record Pace(Duration interval, Reason reason) {

	private static final long ALMOST_A_SECOND = 999;

	/**
	 * Returns the interval in seconds, rounded up.
	 */
	public long seconds() {
		return interval.plusMillis(ALMOST_A_SECOND).toSeconds();
	}

	/**
	 * Returns whether listeners see no difference to the given pace.
	 */
	public boolean isLike(Pace other) {
		return reason == other.reason && seconds() == other.seconds();
	}

	/**
	 * Reason for a pace.
	 */
	public enum Reason {

		/**
		 * The interval is the configured one.
		 */
		CONFIGURED,

		/**
		 * The share of the plan allows no shorter interval.
		 */
		SHARE,

		/**
		 * The budget has no call left for polls.
		 */
		BUDGET,

		/**
		 * The upstream fails.
		 */
		UPSTREAM,

		/**
		 * The data that replicas share is unavailable, so that none of them may poll.
		 */
		SHARED;

		/**
		 * Returns the name in events.
		 */
		public String text() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
