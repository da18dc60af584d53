package io.htgateway.web;

import java.util.Arrays;

import io.htgateway.cache.Reach;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The request's own <code>Cache-Control</code> (RFC 9111 5.2.1), of which only
 * <code>only-if-cached</code> is followed: with the others any reload in a browser would
 * spend the quota.
 */
public final class RequestDirectives {

	private RequestDirectives() {
	}

	public static Reach lookup(ServerWebExchange exchange) {
		return exchange.getRequest()
			.getHeaders()
			.getOrEmpty(HttpHeaders.CACHE_CONTROL)
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(",", -1)))
			.anyMatch((directive) -> directive.strip().equalsIgnoreCase("only-if-cached")) ? Reach.ONLY_IF_CACHED
					: Reach.LOAD;
	}

}
