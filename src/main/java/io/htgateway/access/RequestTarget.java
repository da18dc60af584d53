package io.htgateway.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The path and the query of a request. Whatever decides, counts or logs by path reads it
 * here, so that nothing is decided by another path than the one that requests are routed
 * by (<code>ArchitectureTests</code>).
 */
public final class RequestTarget {

	private RequestTarget() {
	}

	/**
	 * Returns the path that the given request is routed by, percent-encoded as it was
	 * sent.
	 */
	public static String path(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value();
	}

	/**
	 * Returns the query of the given request as it was sent, or null where it has none.
	 */
	public static @Nullable String query(ServerHttpRequest request) {
		return request.getURI().getRawQuery();
	}

}
