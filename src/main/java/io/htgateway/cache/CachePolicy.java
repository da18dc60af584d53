package io.htgateway.cache;

import java.time.Duration;

/**
 * How responses of one endpoint are kept.
 *
 * @param ttl freshness lifetime; zero means that nothing is stored
 * @param deadline longest time that a load may take
 */
public record CachePolicy(Duration ttl, Duration deadline) {

	public CachePolicy {
		if (ttl.isNegative() || !deadline.isPositive()) {
			throw new IllegalArgumentException("ttl must not be negative and deadline must be positive");
		}
	}

	boolean stores() {
		return ttl.isPositive();
	}

}
