package io.htgateway.upstream.response;

import java.net.URI;
import java.util.Locale;

/**
 * Server of <code>gateway.upstream.base-url</code>.
 *
 * @param scheme http or https
 * @param host its name
 * @param port its port, 80 or 443 if the URL has none
 */
public record UpstreamAddress(String scheme, String host, int port) {

	private static final String HTTPS = "https";

	private static final int HTTPS_PORT = 443;

	private static final int HTTP_PORT = 80;

	/**
	 * Returns the address in the given base URL.
	 */
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
