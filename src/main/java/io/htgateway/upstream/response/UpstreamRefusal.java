package io.htgateway.upstream.response;

import java.time.Duration;

/**
 * Refusal of an upstream call before it is sent, for a reason that is independent of the
 * request.
 */
@SuppressWarnings("serial")
public abstract sealed class UpstreamRefusal extends UpstreamException {

	private final Duration retryAfter;

	private UpstreamRefusal(String message, Duration retryAfter) {
		super(message, null);
		this.retryAfter = retryAfter;
	}

	/**
	 * Returns the time to wait before another attempt.
	 */
	public Duration retryAfter() {
		return retryAfter;
	}

	/**
	 * The upstream asked for a pause, or the few calls permitted after one are used up.
	 */
	public static final class CoolingDown extends UpstreamRefusal {

		public CoolingDown(Duration retryAfter) {
			super("no call was made because the upstream asked for a pause; retry after the time in Retry-After",
					retryAfter);
		}

	}

	/**
	 * The upstream refused the API key recently.
	 */
	public static final class KeyRefused extends UpstreamRefusal {

		public KeyRefused(Duration retryAfter) {
			super("no call was made because the upstream refused the API key", retryAfter);
		}

	}

	/**
	 * The upstream refused the API key for this endpoint recently.
	 */
	public static final class EndpointRefused extends UpstreamRefusal {

		public EndpointRefused(Duration retryAfter) {
			super("no call was made because the upstream refused the API key for this endpoint", retryAfter);
		}

	}

	/**
	 * A server other than HyperTracker's API answered recently.
	 */
	public static final class WrongUpstream extends UpstreamRefusal {

		public WrongUpstream(Duration retryAfter) {
			super("no call was made because the upstream does not answer as HyperTracker does", retryAfter);
		}

	}

	/**
	 * Most of the latest calls failed or were slow.
	 */
	public static final class BreakerOpen extends UpstreamRefusal {

		public BreakerOpen(Duration retryAfter) {
			super("no call was made because most of the latest upstream calls failed or were slow;"
					+ " retry after the time in Retry-After", retryAfter);
		}

	}

}
