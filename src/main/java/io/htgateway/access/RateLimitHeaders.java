package io.htgateway.access;

import java.util.function.BiConsumer;

import io.htgateway.access.limit.RequestLimit;

/**
 * Adds the remaining requests of a team (draft-ietf-httpapi-ratelimit-headers), where
 * that is wanted.
 *
 * @param enabled whether it is
 */
public record RateLimitHeaders(boolean enabled) {

	/**
	 * Whether the given team is told something.
	 */
	public boolean has(Team team) {
		return enabled && team.limit() != null;
	}

	/**
	 * Gives the headers for the given team, if it has any.
	 */
	public void of(Team team, BiConsumer<String, String> headers) {
		RequestLimit limit = team.limit();
		if (enabled && limit != null) {
			long reset = limit.resetAfter().plusMillis(999).toSeconds();
			headers.accept("RateLimit-Policy", "\"team\";q=" + limit.perMinute() + ";w=60");
			headers.accept("RateLimit", "\"team\";r=" + limit.left() + ";t=" + reset);
		}
	}

}
