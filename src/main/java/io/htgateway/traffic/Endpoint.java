package io.htgateway.traffic;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A mirrored endpoint, as it is known to those who look from outside.
 *
 * @param name its name in metrics and where operators name it
 * @param route path pattern of its controller
 * @param ttl configured freshness lifetime of its responses
 * @param staleWhileRevalidate configured time after it for which stale responses are
 * answered while they are reloaded, or null if they are never answered stale
 * @param staleIfError configured time after it for which stale responses are answered
 * when they cannot be reloaded, or null if they are never answered stale
 */
public record Endpoint(String name, String route, Duration ttl, @Nullable Duration staleWhileRevalidate,
		@Nullable Duration staleIfError) {

	/**
	 * Creates an endpoint whose responses are never answered stale.
	 */
	public Endpoint(String name, String route, Duration ttl) {
		this(name, route, ttl, null, null);
	}

}
