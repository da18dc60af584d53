package io.htgateway.upstream.response;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.htgateway.http.ConnectionFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Finds signs of a wrong upstream in responses and failures of the connection.
 */
final class WrongSigns {

	private static final Pattern TLS = Pattern.compile("\\b(https|tls|ssl)\\b", Pattern.CASE_INSENSITIVE);

	/**
	 * Schemes of <code>WWW-Authenticate</code> for users and computers of a company's
	 * network.
	 */
	private static final Pattern USER_CHALLENGE = Pattern.compile("(?i)(^|,\\s*)(basic|digest|ntlm|negotiate)\\b");

	private static final int OK = 200;

	private static final int NOT_MODIFIED = 304;

	private static final int UNAUTHORIZED = 401;

	private static final int PROXY_AUTHENTICATION = 407;

	private static final int NETWORK_AUTHENTICATION = 511;

	private WrongSigns() {
	}

	/**
	 * Returns the sign of a failed connection, or null if the server may be HyperTracker.
	 */
	static @Nullable WrongSign of(Throwable failure) {
		ConnectionFailure connection = ConnectionFailure.of(failure);
		String description = connection.words();
		return switch (connection.kind()) {
			case UNKNOWN_HOST -> WrongSign.unreachable("unknown-host", description);
			case REFUSED -> WrongSign.unreachable("connection-refused", description);
			case NO_ROUTE -> WrongSign.unreachable("no-route", description);
			case CONNECT_TIMEOUT -> WrongSign.unreachable("connect-timeout", description);
			case NO_TLS -> WrongSign.unreachable("no-tls", description + ": write http://, or use the port for https");
			case UNTRUSTED -> WrongSign.unreachable("certificate-not-trusted",
					description + " (trust an authority of your own with spring.http.clients.ssl.bundle)");
			case HANDSHAKE -> WrongSign.unreachable("tls-handshake", description);
			case NOT_HTTP -> ofNoHttp();
			case TLS, TIMED_OUT, CLOSED, OTHER -> null;
		};
	}

	/**
	 * Returns the sign of a response that is not HTTP.
	 */
	static WrongSign ofNoHttp() {
		return WrongSign.certain("not-http", "its answer is not HTTP: write https:// if the port uses TLS");
	}

	/**
	 * Returns the sign of a refusal (400, 404 or 422) by the given endpoint, or null if
	 * it has the form of the API.
	 * @param terms conditions of the response, such as whether the data may be missing
	 */
	static @Nullable WrongSign ofRefusal(UpstreamAddress address, String endpoint, int status, @Nullable String type,
			String body, ResponseTerms terms) {
		boolean json = UpstreamErrorBody.isOfApi(body);
		if (!json && status == 400 && !address.isSecure() && TLS.matcher(body).find()) {
			return WrongSign.certain("tls-expected",
					"it answered 400 because it speaks TLS on this port: write https://");
		}
		if (!json) {
			String description = "it answered " + status + " with " + describe(type)
					+ " instead of an error in HyperTracker's JSON";
			return (status == 404 && !terms.mayBeMissing()) ? WrongSign.certain("not-found", description)
					: WrongSign.possible((status == 404) ? "not-found" : "not-json", description);
		}
		if (status == 404 && !terms.declared() && (!terms.isFile() || UpstreamErrorBody.isOfUnknownPath(body))) {
			return WrongSign.certain("not-found", "it answered 404 for " + endpoint + ", a path that HyperTracker has");
		}
		return null;
	}

	/**
	 * Returns the sign of a response with status 200, or null if it may be data.
	 * @param file whether a file was requested
	 */
	static @Nullable WrongSign ofContent(UpstreamResponse.Content content, boolean file) {
		if (isWebPage(content)) {
			return WrongSign.certain("web-page",
					"it answered 200 with a web page instead of data, as a login page or a proxy does");
		}
		return (content.isJson() || (file && content.isAnyFile())) ? null : WrongSign.certain("not-json",
				"it answered 200 with " + describe(content.contentType()) + " instead of JSON");
	}

	/**
	 * Returns the sign of a successful response without data: with an empty body, or with
	 * a status other than 200, which HyperTracker does not use.
	 */
	static WrongSign ofUnusedStatus(int status, @Nullable String type, String body) {
		String answer = "it answered " + status + " with ";
		String expected = (status == OK) ? " instead of JSON" : " instead of 200 with JSON";
		if (body.isEmpty()) {
			return WrongSign.possible("empty", answer + "an empty body" + expected);
		}
		return beginsLikeMarkup(body.getBytes(StandardCharsets.UTF_8))
				? WrongSign.possible("web-page", answer + "a web page instead of data, as a firewall or a proxy does")
				: WrongSign.possible("other-status", answer + describe(type) + expected);
	}

	/**
	 * Returns the sign of a JSON response with status 200 that lacks the endpoint's data.
	 */
	static WrongSign ofShape(String reason) {
		return WrongSign.possible("other-json", "it answered 200 with " + reason
				+ ", as another API does, or a proxy that reports its errors with 200");
	}

	/**
	 * Returns the sign of a denial that asks for credentials other than a key, or that
	 * comes from a server in front of the API, or null if it may come from the API. The
	 * body decides whether it is a web page: HyperTracker also declares refused keys as
	 * HTML.
	 * @param challenges values of <code>WWW-Authenticate</code>
	 */
	static @Nullable WrongSign ofDenial(int status, List<String> challenges, String body) {
		if (status == PROXY_AUTHENTICATION) {
			return WrongSign.certain("proxy", "it answered 407: a proxy on the way asks for a password");
		}
		if (UpstreamErrorBody.isOfApi(body)) {
			return null;
		}
		if (status == UNAUTHORIZED && challenges.stream().anyMatch((each) -> USER_CHALLENGE.matcher(each).find())) {
			return WrongSign.certain("other-login",
					"it answered 401 and asks for a user and a password, which HyperTracker does not");
		}
		if (!beginsLikeMarkup(body.getBytes(StandardCharsets.UTF_8))) {
			return null;
		}
		String description = "it answered " + status
				+ " with a web page instead of an error in HyperTracker's JSON, as a";
		return (status == NETWORK_AUTHENTICATION) ? WrongSign.certain("web-page", description + " login page does")
				: WrongSign.blocked(description + " firewall or a proxy does");
	}

	private static boolean isWebPage(UpstreamResponse.Content content) {
		String type = content.contentType().strip().toLowerCase(Locale.ROOT);
		return type.startsWith("text/html") || type.startsWith("application/xhtml+xml")
				|| (type.contains("json") && beginsLikeMarkup(content.body()));
	}

	private static boolean beginsLikeMarkup(byte[] body) {
		for (int index = 0; index < body.length; index++) {
			int letter = body[index] & 0xff;
			boolean byteOrderMark = index < 3 && (letter == 0xef || letter == 0xbb || letter == 0xbf);
			if (!byteOrderMark && !Character.isWhitespace(letter)) {
				return letter == '<';
			}
		}
		return false;
	}

	/**
	 * Returns the sign of a redirect that does not lead to a file.
	 */
	static WrongSign ofRedirect(UpstreamAddress address, int status, URI location) {
		boolean sameHost = address.host().equalsIgnoreCase(location.getHost());
		if (sameHost && !address.isSecure() && "https".equalsIgnoreCase(location.getScheme())) {
			return WrongSign.certain("redirect", "it redirects to https (" + status + "): write https://");
		}
		String target = (location.getHost() != null && !sameHost) ? "the host " + location.getHost()
				: "another path of the same host";
		return WrongSign.certain("redirect", "it redirects to " + target + " (" + status
				+ ") instead of answering, as a login page or a moved server does");
	}

	/**
	 * Returns the sign of a 3xx without <code>Location</code>.
	 */
	static WrongSign ofRedirectToNowhere(int status) {
		return WrongSign.certain("redirect",
				(status == NOT_MODIFIED)
						? "it answered 304, which only answers conditional requests, as a broken cache does"
						: "it redirects (" + status + ") without saying where to, instead of answering");
	}

	/**
	 * Returns the sign of a redirect whose <code>Location</code> is not a URI.
	 */
	static WrongSign ofUnreadableRedirect(int status) {
		return WrongSign.certain("redirect",
				"it redirects to something that is not a URI (" + status + ") instead of answering");
	}

	// Omits the type's parameters: they may contain anything.
	private static String describe(@Nullable String type) {
		if (type == null || type.isBlank()) {
			return "a body without a Content-Type";
		}
		try {
			MediaType parsed = MediaType.parseMediaType(type);
			return parsed.getType() + "/" + parsed.getSubtype();
		}
		catch (InvalidMediaTypeException odd) {
			return "a body with an invalid Content-Type";
		}
	}

}
