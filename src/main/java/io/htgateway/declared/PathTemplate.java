package io.htgateway.declared;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of a declared endpoint: words and variables in braces, separated by slashes. A
 * variable is a whole segment, so its value cannot lead to another path.
 *
 * @param text the path below <code>/api/external</code>
 */
record PathTemplate(String text) {

	private static final String ROOT = "/api/external";

	private static final String VARIABLE = "\\{[a-zA-Z][a-zA-Z0-9]{0,39}}";

	private static final Pattern SYNTAX = Pattern
		.compile("(/([a-zA-Z0-9][a-zA-Z0-9._-]{0,79}|" + VARIABLE + ")){1,12}");

	PathTemplate {
		if (text.equals(ROOT) || text.startsWith(ROOT + "/")) {
			throw new IllegalArgumentException(
					"must be the path below " + ROOT + ": write " + text.substring(ROOT.length()));
		}
		if (!SYNTAX.matcher(text).matches() || text.contains("..")) {
			throw new IllegalArgumentException(
					"must be a path of words and {variables}, such as /segments/{segmentId}/summary");
		}
		List<String> names = variables(text);
		if (names.stream().distinct().count() < names.size()) {
			throw new IllegalArgumentException("must not have a variable twice");
		}
	}

	/**
	 * Returns the names of the variables in the given template, in the order of the path.
	 */
	static List<String> variables(String text) {
		return Arrays.stream(text.split("/"))
			.filter((segment) -> segment.startsWith("{"))
			.map((segment) -> segment.substring(1, segment.length() - 1))
			.toList();
	}

	/**
	 * Returns the names of the variables in their order.
	 */
	List<String> variables() {
		return variables(text);
	}

	/**
	 * Returns the full path template, of the gateway and of the upstream.
	 */
	String route() {
		return ROOT + text;
	}

	/**
	 * Returns this path without the names of its variables. Two paths with the same shape
	 * match the same requests.
	 */
	String shape() {
		return text.replaceAll(VARIABLE, "{}");
	}

}
