package io.htgateway.access;

import java.util.function.BiConsumer;
import java.util.function.Function;

import io.htgateway.access.limit.RequestLimit;

/**
 * Adds a team's remaining requests, and its remaining share of the upstream calls, to its
 * responses (draft-ietf-httpapi-ratelimit-headers).
 */
public final class RateLimitHeaders {

	private final boolean enabled;

	private final Function<String, ShareHeaders> shares;

	/**
	 * Creates the headers.
	 * @param enabled whether responses get these headers
	 * @param shares returns the shares of the team of the given name
	 */
	public RateLimitHeaders(boolean enabled, Function<String, ShareHeaders> shares) {
		this.enabled = enabled;
		this.shares = shares;
	}

	/**
	 * Returns whether responses to the given team get the headers: they are enabled, and
	 * the team has a request limit or a share.
	 */
	public boolean appliesTo(Team team) {
		return enabled && (team.limit() != null || !shares.apply(team.name()).policy().isEmpty());
	}

	/**
	 * Passes the headers for the given team to the consumer, if they apply to it.
	 */
	public void addTo(Team team, BiConsumer<String, String> headers) {
		if (!enabled) {
			return;
		}
		ShareHeaders all = shares.apply(team.name());
		RequestLimit limit = team.limit();
		if (limit != null) {
			all = all.after("\"team\";q=" + limit.perMinute() + ";w=60",
					"\"team\";r=" + limit.left() + ";t=" + limit.resetAfter().plusMillis(999).toSeconds());
		}
		if (!all.policy().isEmpty()) {
			headers.accept("RateLimit-Policy", all.policy());
			headers.accept("RateLimit", all.limit());
		}
	}

}
