package io.htgateway.access.authentication;

import java.time.InstantSource;

import io.htgateway.access.limit.RequestLimit;

/**
 * Request limits for tests.
 */
public final class Limits {

	private Limits() {
	}

	public static RequestLimit perMinute(long requests) {
		return new RequestLimit(requests, InstantSource.system());
	}

	/**
	 * Counts up to the given number of requests against the limit.
	 * @return the number of requests that the limit allowed
	 */
	public static int take(RequestLimit limit, int most) {
		int taken = 0;
		while (taken < most && limit.tryAcquire()) {
			taken++;
		}
		return taken;
	}

}
