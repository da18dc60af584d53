package io.htgateway.upstream.response;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.htgateway.secret.RotatingSecret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Error message in a response of the upstream, prepared for callers: one line of at most
 * 500 characters, without links and without the API key.
 */
final class UpstreamErrorBody {

	private static final int MAX_LENGTH = 500;

	private static final int MAX_SEARCHED = 4 * MAX_LENGTH;

	private static final Pattern LINK = Pattern.compile("(?i)[a-z][a-z0-9+.-]{0,20}://\\S+|\\S*x-amz-\\S*");

	private static final Pattern CONTROL = Pattern.compile("[\\p{C}\\p{Z}\\s]+");

	private static final Pattern UNKNOWN_PATH = Pattern.compile("^Cannot GET /");

	// Refuses trailing text: a body that only begins like JSON is not JSON.
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private UpstreamErrorBody() {
	}

	/**
	 * Returns the text of <code>message</code>, which is a string or a list of strings,
	 * else of <code>error</code>, else an empty text.
	 */
	static String message(String body, RotatingSecret apiKey) {
		JsonNode root = read(body);
		String message = text(root.path("message"));
		return printable(apiKey.maskIn(message.isEmpty() ? text(root.path("error")) : message));
	}

	/**
	 * Returns whether the given body has the form of the API's errors: one JSON object
	 * with <code>statusCode</code>, <code>message</code> or <code>error</code>.
	 */
	static boolean isOfApi(String body) {
		JsonNode root = read(body);
		return root.isObject() && (root.has("statusCode") || root.has("message") || root.has("error"));
	}

	/**
	 * Returns whether the given body is that of the API when its limit is exceeded.
	 * Proxies have other words for their own limits.
	 */
	static boolean isOfRateLimit(String body) {
		return text(read(body).path("error")).equals("rate_limit_exceeded");
	}

	/**
	 * Returns whether the given error says that the API does not have the requested path.
	 */
	static boolean isOfUnknownPath(String body) {
		return UNKNOWN_PATH.matcher(text(read(body).path("message"))).find();
	}

	private static JsonNode read(String body) {
		try {
			return JSON.readTree(body);
		}
		catch (JacksonException notJson) {
			return MissingNode.getInstance();
		}
	}

	private static String text(JsonNode node) {
		if (node.isArray()) {
			return StreamSupport.stream(node.spliterator(), false)
				.filter(JsonNode::isString)
				.map(JsonNode::stringValue)
				.collect(Collectors.joining("; "));
		}
		return node.isString() ? node.stringValue() : "";
	}

	private static String printable(String message) {
		String start = message.substring(0, Math.min(message.length(), MAX_SEARCHED));
		String line = CONTROL.matcher(LINK.matcher(start).replaceAll("[link]")).replaceAll(" ").strip();
		return (line.length() <= MAX_LENGTH) ? line : cut(line);
	}

	private static String cut(String line) {
		int end = Character.isHighSurrogate(line.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
		return line.substring(0, end) + "...";
	}

}
