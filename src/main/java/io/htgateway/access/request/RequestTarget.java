package io.htgateway.access.request;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Path and query of a request. All code that decides, counts or logs by path reads it
 * here, so that every decision uses the path by which the request is routed. A test
 * checks this (<code>ArchitectureTests</code>).
 */
public final class RequestTarget {

	private RequestTarget() {
	}

	/**
	 * Returns the path by which the given request is routed, percent-encoded as it was
	 * sent.
	 */
	public static String path(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value();
	}

	/**
	 * Returns the query of the given request as it was sent, or null if it has no query.
	 */
	public static @Nullable String query(ServerHttpRequest request) {
		return request.getURI().getRawQuery();
	}

}
