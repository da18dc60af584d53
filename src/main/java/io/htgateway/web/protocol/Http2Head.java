package io.htgateway.web.protocol;

import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Header fields at the start of an HTTP/2 request (RFC 9113 8.3). The codec has checked
 * each field, but not their combination.
 */
public final class Http2Head {

	private static final String[] SCHEMES = { "http", "https" };

	private final Http2Headers headers;

	public Http2Head(Http2Headers headers) {
		this.headers = headers;
	}

	/**
	 * Returns whether the request is malformed, so that it cannot be answered.
	 */
	public boolean isMalformed() {
		CharSequence method = one(PseudoHeaderName.METHOD);
		if (method == null || HttpHeaderValidationUtil.validateToken(method) >= 0 || hasOtherPseudoHeaders()) {
			return true;
		}
		if (HttpMethod.CONNECT.asciiName().contentEquals(method)) {
			return headers.scheme() != null || headers.path() != null || one(PseudoHeaderName.AUTHORITY) == null;
		}
		boolean manyHosts = headers.authority() != null && one(PseudoHeaderName.AUTHORITY) == null;
		return manyHosts || !isScheme(one(PseudoHeaderName.SCHEME)) || !isPath(one(PseudoHeaderName.PATH));
	}

	private @Nullable CharSequence one(PseudoHeaderName name) {
		var values = headers.getAll(name.value());
		return (values.size() == 1) ? values.getFirst() : null;
	}

	private boolean hasOtherPseudoHeaders() {
		for (Map.Entry<CharSequence, CharSequence> field : headers) {
			CharSequence name = field.getKey();
			if (name.isEmpty() || (name.charAt(0) == ':' && !isKnown(name))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isKnown(CharSequence name) {
		return PseudoHeaderName.METHOD.value().contentEquals(name)
				|| PseudoHeaderName.SCHEME.value().contentEquals(name)
				|| PseudoHeaderName.AUTHORITY.value().contentEquals(name)
				|| PseudoHeaderName.PATH.value().contentEquals(name);
	}

	private static boolean isScheme(@Nullable CharSequence scheme) {
		return scheme != null && (AsciiString.contentEqualsIgnoreCase(SCHEMES[0], scheme)
				|| AsciiString.contentEqualsIgnoreCase(SCHEMES[1], scheme));
	}

	// Other errors get the same responses as over HTTP/1.1.
	private static boolean isPath(@Nullable CharSequence path) {
		return path != null && !path.isEmpty() && path.chars().allMatch((next) -> next > ' ' && next != 0x7f);
	}

	/**
	 * Returns the length of the equivalent request line.
	 */
	public int lineLength() {
		CharSequence path = headers.path();
		return headers.method().length() + ((path != null) ? path.length() : 0) + " / HTTP/1.1".length();
	}

	/**
	 * Returns the length of the equivalent header lines.
	 */
	public int size() {
		int size = 0;
		for (Map.Entry<CharSequence, CharSequence> field : headers) {
			boolean pseudo = field.getKey().charAt(0) == ':';
			size += pseudo ? 0 : field.getKey().length() + ": ".length() + field.getValue().length();
		}
		return size;
	}

	/**
	 * Reduces the request to one host, or to none if it names two different ones:
	 * <code>Host</code> may only repeat <code>:authority</code> (RFC 9113 8.3.1).
	 */
	public void settleAuthority() {
		CharSequence authority = headers.authority();
		if (authority != null && headers.contains(HttpHeaderNames.HOST)) {
			boolean same = headers.getAll(HttpHeaderNames.HOST)
				.stream()
				.allMatch((host) -> AsciiString.contentEqualsIgnoreCase(host, authority));
			headers.remove(HttpHeaderNames.HOST);
			if (!same) {
				headers.remove(PseudoHeaderName.AUTHORITY.value());
			}
		}
		else if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
			headers.remove(HttpHeaderNames.HOST);
		}
	}

}
