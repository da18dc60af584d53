package io.htgateway.upstream.response;

import java.time.Duration;

/**
 * No call was made, for a reason that has nothing to do with what was asked for.
 */
@SuppressWarnings("serial")
public abstract sealed class UpstreamRefusal extends UpstreamException {

	private final Duration retryAfter;

	private UpstreamRefusal(String message, Duration retryAfter) {
		super(message, null);
		this.retryAfter = retryAfter;
	}

	/**
	 * Time until another try makes sense.
	 */
	public Duration retryAfter() {
		return retryAfter;
	}

	/**
	 * The upstream asked for a pause, or calls come back slowly after one.
	 */
	public static final class CoolingDown extends UpstreamRefusal {

		public CoolingDown(Duration retryAfter) {
			super("the upstream asked for a pause", retryAfter);
		}

	}

	/**
	 * The upstream refused our key lately.
	 */
	public static final class KeyRefused extends UpstreamRefusal {

		public KeyRefused(Duration retryAfter) {
			super("the upstream refused the API key", retryAfter);
		}

	}

	/**
	 * The upstream refused our key for this endpoint recently.
	 */
	public static final class EndpointRefused extends UpstreamRefusal {

		public EndpointRefused(Duration retryAfter) {
			super("the upstream refused this endpoint to the API key", retryAfter);
		}

	}

	/**
	 * Another server than HyperTracker's API answered recently.
	 */
	public static final class WrongUpstream extends UpstreamRefusal {

		public WrongUpstream(Duration retryAfter) {
			super("the upstream does not answer as HyperTracker does", retryAfter);
		}

	}

	/**
	 * Most of the latest calls failed.
	 */
	public static final class BreakerOpen extends UpstreamRefusal {

		public BreakerOpen(Duration retryAfter) {
			super("the upstream is currently failing", retryAfter);
		}

	}

}
