package io.htgateway.web.protocol;

import java.util.BitSet;
import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The <code>Host</code> header of a request (RFC 9112 3.2), which the HTTP/2 codec
 * derives from <code>:authority</code>.
 */
public final class HostHeader {

	private static final BitSet AUTHORITY = new BitSet();

	static {
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_:[]".chars().forEach(AUTHORITY::set);
	}

	private HostHeader() {
	}

	/**
	 * Returns whether the header is valid, or may be absent as in HTTP/1.0.
	 */
	public static boolean isGood(HttpServerRequest request) {
		boolean none = !request.requestHeaders().contains(HttpHeaderNames.HOST);
		return none ? HttpVersion.HTTP_1_0.equals(request.version()) : isGood(request.requestHeaders());
	}

	/**
	 * Whether there is exactly one, and it is a host with or without a port.
	 */
	public static boolean isGood(HttpHeaders headers) {
		List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
		return hosts.size() == 1 && isAuthority(hosts.getFirst());
	}

	private static boolean isAuthority(String host) {
		for (int index = 0; index < host.length(); index++) {
			if (!AUTHORITY.get(host.charAt(index))) {
				return false;
			}
		}
		return !host.isEmpty();
	}

}
