package io.htgateway.cache.load;

import java.time.Duration;
import java.util.function.Function;

import io.htgateway.cache.observation.LoadFailure;

/**
 * How responses of one endpoint are kept.
 *
 * @param ttl freshness lifetime; zero means that nothing is stored
 * @param staleWhileRevalidate how long behind its freshness a response is answered at
 * once while it is loaded anew (RFC 5861 3)
 * @param staleIfError how long behind its freshness a response is answered when it cannot
 * be loaded anew (RFC 5861 4)
 * @param deadline longest time that a load may take
 * @param failures what a failed load means
 */
public record CachePolicy(Duration ttl, Duration staleWhileRevalidate, Duration staleIfError, Duration deadline,
		Function<Throwable, LoadFailure> failures) {

	public CachePolicy {
		if (ttl.isNegative() || staleWhileRevalidate.isNegative() || staleIfError.isNegative()
				|| !deadline.isPositive()) {
			throw new IllegalArgumentException("durations must not be negative, and the deadline must be positive");
		}
	}

	/**
	 * A policy that never answers stale.
	 */
	public static CachePolicy fresh(Duration ttl, Duration deadline, Function<Throwable, LoadFailure> failures) {
		return new CachePolicy(ttl, Duration.ZERO, Duration.ZERO, deadline, failures);
	}

	/**
	 * The same policy for loads that may take another time.
	 */
	public CachePolicy withDeadline(Duration other) {
		return new CachePolicy(ttl, staleWhileRevalidate, staleIfError, other, failures);
	}

	public Duration staleWindow() {
		return (staleIfError.compareTo(staleWhileRevalidate) > 0) ? staleIfError : staleWhileRevalidate;
	}

	public boolean stores() {
		return ttl.isPositive();
	}

}
