package io.htgateway.web.hit;

import java.util.function.BiConsumer;

import io.htgateway.access.RateLimitHeaders;
import io.htgateway.access.Team;
import io.htgateway.web.reply.Cors;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Headers of a hit that are only for its caller.
 *
 * @param team the team that sent the request
 * @param limits the request limits that are reported to the team
 * @param origin origin of the page that may read the response, or null
 */
record CallerHeaders(Team team, RateLimitHeaders limits, @Nullable String origin) {

	/**
	 * Returns whether the response needs headers of its own.
	 */
	boolean exist() {
		return origin != null || limits.appliesTo(team);
	}

	/**
	 * Returns the given headers and these.
	 */
	HttpHeaders with(HttpHeaders shared) {
		HttpHeaders all = shared.copy();
		forEach(all::set);
		return all;
	}

	/**
	 * Passes the headers to the given consumer. Shared headers have other names.
	 */
	void forEach(BiConsumer<String, String> headers) {
		limits.addTo(team, headers);
		if (origin != null) {
			Cors.allow(origin, headers);
		}
	}

}
