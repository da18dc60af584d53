package io.htgateway.traffic;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Endpoint as metrics, the access log and operators see it.
 *
 * @param name its name in metrics and for operators
 * @param route path pattern of its requests
 * @param ttl configured freshness lifetime of its responses
 * @param staleWhileRevalidate configured time after the lifetime in which stale responses
 * are used while they are refreshed, or null if stale responses are never used
 * @param staleIfError configured time after the lifetime in which stale responses are
 * used when a refresh fails, or null if stale responses are never used
 * @param tags values by which its responses can be selected
 * @param followsState whether its responses change only with the upstream's state
 */
public record Endpoint(String name, String route, Duration ttl, @Nullable Duration staleWhileRevalidate,
		@Nullable Duration staleIfError, List<Tag> tags, boolean followsState) {

	/**
	 * Creates an endpoint that never uses stale responses.
	 */
	public Endpoint(String name, String route, Duration ttl, List<Tag> tags) {
		this(name, route, ttl, null, null, tags, false);
	}

}
