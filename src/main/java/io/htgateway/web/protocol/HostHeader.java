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
	 * Returns whether the header is valid, or absent where it may be, as in HTTP/1.0.
	 */
	public static boolean isValid(HttpServerRequest request) {
		boolean absent = !request.requestHeaders().contains(HttpHeaderNames.HOST);
		return absent ? HttpVersion.HTTP_1_0.equals(request.version()) : isValid(request.requestHeaders());
	}

	/**
	 * Returns whether there is exactly one header, with a host and an optional port.
	 */
	public static boolean isValid(HttpHeaders headers) {
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
