package io.htgateway.web;

import java.util.Arrays;

import io.htgateway.cache.Reach;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * <code>Cache-Control</code> of requests (RFC 9111 5.2.1). The gateway obeys only
 * <code>only-if-cached</code>: if it obeyed the others, every reload in a browser would
 * spend the quota.
 */
public final class RequestDirectives {

	private RequestDirectives() {
	}

	/**
	 * Returns how far the cache may go to answer the given request.
	 */
	public static Reach reach(ServerWebExchange exchange) {
		return exchange.getRequest()
			.getHeaders()
			.getOrEmpty(HttpHeaders.CACHE_CONTROL)
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(",", -1)))
			.anyMatch((directive) -> directive.strip().equalsIgnoreCase("only-if-cached")) ? Reach.ONLY_IF_CACHED
					: Reach.LOAD;
	}

}
