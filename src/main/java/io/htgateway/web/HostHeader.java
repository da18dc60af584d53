package io.htgateway.web;

import java.util.List;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The <code>Host</code> header of a request (RFC 9112 3.2).
 */
final class HostHeader {

	private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");

	private HostHeader() {
	}

	/**
	 * Whether a request may have it, or may go without.
	 */
	static boolean isGood(HttpServerRequest request) {
		boolean none = !request.requestHeaders().contains(HttpHeaderNames.HOST);
		return none ? !HttpVersion.HTTP_1_1.equals(request.version()) : isGood(request.requestHeaders());
	}

	/**
	 * Whether there is exactly one, and it is a host with or without a port.
	 */
	static boolean isGood(HttpHeaders headers) {
		List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
		return hosts.size() == 1 && AUTHORITY.matcher(hosts.getFirst()).matches();
	}

}
