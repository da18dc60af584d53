package io.htgateway.access.authentication;

import java.time.InstantSource;

import io.htgateway.access.limit.RequestLimit;

/**
 * Limits of requests for tests.
 */
public final class Limits {

	private Limits() {
	}

	public static RequestLimit perMinute(long requests) {
		return new RequestLimit(requests, InstantSource.system());
	}

	/**
	 * Takes up to so many requests.
	 * @return how many there were
	 */
	public static int take(RequestLimit limit, int most) {
		int taken = 0;
		while (taken < most && limit.tryAcquire()) {
			taken++;
		}
		return taken;
	}

}
