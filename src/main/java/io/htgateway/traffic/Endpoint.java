package io.htgateway.traffic;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A mirrored endpoint, as it is known to those who look from outside.
 *
 * @param name its name in metrics and where operators name it
 * @param route path pattern of its requests
 * @param ttl configured freshness lifetime of its responses
 * @param staleWhileRevalidate configured time after it for which stale responses are
 * answered while they are reloaded, or null if they are never answered stale
 * @param staleIfError configured time after it for which stale responses are answered
 * when they cannot be reloaded, or null if they are never answered stale
 * @param tags what its responses can be selected by
 */
public record Endpoint(String name, String route, Duration ttl, @Nullable Duration staleWhileRevalidate,
		@Nullable Duration staleIfError, List<Tag> tags) {

	/**
	 * Creates an endpoint whose responses are never answered stale.
	 */
	public Endpoint(String name, String route, Duration ttl, List<Tag> tags) {
		this(name, route, ttl, null, null, tags);
	}

}
