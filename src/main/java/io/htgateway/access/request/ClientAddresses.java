package io.htgateway.access.request;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Finder of client addresses. The client of a request is the peer of its connection or,
 * if that is a trusted proxy, the right-most address in <code>X-Forwarded-For</code> that
 * is not a trusted proxy. No other header is read.
 */
public final class ClientAddresses {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private final TrustedProxies proxies;

	ClientAddresses(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	/**
	 * Returns the client of the given request, or null if its connection has no address.
	 */
	public @Nullable InetSocketAddress of(ServerHttpRequest request) {
		// Spring's request has no forwarded headers, so the native one is read.
		HttpServerRequest original = ServerHttpRequestDecorator.getNativeRequest(request);
		return of(original);
	}

	/**
	 * Returns the client of the given request, or null if its connection has no address.
	 */
	public @Nullable InetSocketAddress of(HttpServerRequest request) {
		return of(request.remoteAddress(), request.requestHeaders());
	}

	/**
	 * Returns the client of a request with the given headers, which must have been read
	 * completely.
	 * @param peer address of the other end of the connection
	 */
	public @Nullable InetSocketAddress of(@Nullable SocketAddress peer, HttpHeaders headers) {
		if (!(peer instanceof InetSocketAddress address) || address.getAddress() == null) {
			return null;
		}
		if (!proxies.contains(address.getAddress())) {
			return address;
		}
		return new InetSocketAddress(client(address.getAddress(), headers.getAll(FORWARDED_FOR)), 0);
	}

	// Reads from right to left, since each proxy appends its peer. An entry that is not
	// an address ends the search, since nobody knows who wrote the entries to its left.
	private InetAddress client(InetAddress peer, List<String> values) {
		InetAddress client = peer;
		for (String value : values.reversed()) {
			int end = value.length();
			while (end >= 0) {
				int comma = value.lastIndexOf(',', end - 1);
				InetAddress next = IpLiteral.parseNode(value.substring(comma + 1, end).strip());
				if (next == null) {
					return client;
				}
				client = next;
				if (!proxies.contains(client)) {
					return client;
				}
				end = comma;
			}
		}
		return client;
	}

}
