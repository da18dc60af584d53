package io.htgateway.access;

import java.util.function.BiConsumer;

import io.htgateway.access.limit.RequestLimit;

/**
 * Adds a team's remaining requests to its responses
 * (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param enabled whether responses get these headers
 */
public record RateLimitHeaders(boolean enabled) {

	/**
	 * Returns whether responses to the given team get the headers: they are enabled, and
	 * the team has a request limit.
	 */
	public boolean appliesTo(Team team) {
		return enabled && team.limit() != null;
	}

	/**
	 * Passes the headers for the given team to the consumer, if they apply to it.
	 */
	public void addTo(Team team, BiConsumer<String, String> headers) {
		RequestLimit limit = team.limit();
		if (enabled && limit != null) {
			long reset = limit.resetAfter().plusMillis(999).toSeconds();
			headers.accept("RateLimit-Policy", "\"team\";q=" + limit.perMinute() + ";w=60");
			headers.accept("RateLimit", "\"team\";r=" + limit.left() + ";t=" + reset);
		}
	}

}
