package io.htgateway.cache.load;

import java.time.Duration;
import java.util.function.Function;

import io.htgateway.cache.observation.LoadFailure;

/**
 * Rules for caching the responses of one endpoint.
 *
 * @param ttl freshness lifetime; zero stores nothing
 * @param staleWhileRevalidate how long after its lifetime a response is sent at once
 * while it is refreshed (RFC 5861 3)
 * @param staleIfError how long after its lifetime a response is sent if it cannot be
 * refreshed (RFC 5861 4)
 * @param deadline maximum time of a load
 * @param failures classifies failed loads
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
	 * Returns a policy without stale responses.
	 */
	public static CachePolicy fresh(Duration ttl, Duration deadline, Function<Throwable, LoadFailure> failures) {
		return new CachePolicy(ttl, Duration.ZERO, Duration.ZERO, deadline, failures);
	}

	/**
	 * Returns this policy with another maximum time of a load.
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
