package io.htgateway.upstream.response;

import java.net.URI;
import java.util.Locale;

/**
 * The server that <code>gateway.upstream.base-url</code> names.
 *
 * @param scheme http or https
 */
public record UpstreamAddress(String scheme, String host, int port) {

	private static final String HTTPS = "https";

	private static final int HTTPS_PORT = 443;

	private static final int HTTP_PORT = 80;

	public static UpstreamAddress of(URI baseUrl) {
		String scheme = baseUrl.getScheme().toLowerCase(Locale.ROOT);
		int standard = scheme.equals(HTTPS) ? HTTPS_PORT : HTTP_PORT;
		return new UpstreamAddress(scheme, baseUrl.getHost(), (baseUrl.getPort() >= 0) ? baseUrl.getPort() : standard);
	}

	boolean isSecure() {
		return scheme.equals(HTTPS);
	}

	@Override
	public String toString() {
		return host + ":" + port;
	}

}
