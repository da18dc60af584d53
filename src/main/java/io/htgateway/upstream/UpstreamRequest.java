package io.htgateway.upstream;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.htgateway.budget.Priority;
import io.htgateway.upstream.response.ResponseTerms;

/**
 * One GET request of the upstream's API, as a path template with its values: the values
 * are encoded strictly when the request is sent, so that none can change its meaning.
 *
 * @param template path, and query as far as it was added, with a variable for each value
 * @param variables the values by the name of their variable
 * @param priority what the request is made for
 * @param terms what the answer may be
 */
public record UpstreamRequest(String template, Map<String, String> variables, Priority priority, ResponseTerms terms) {

	public UpstreamRequest {
		variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
	}

	public UpstreamRequest(String template, Map<String, String> variables, Priority priority) {
		this(template, variables, priority, ResponseTerms.DATA);
	}

	/**
	 * A request of the given path, which carries no values of its own.
	 */
	public static UpstreamRequest of(String path) {
		return new UpstreamRequest(path, Map.of(), Priority.INTERACTIVE);
	}

	/**
	 * A request of the given path template, with the value of its only variable.
	 */
	public static UpstreamRequest of(String template, String variable, String value) {
		return new UpstreamRequest(template, Map.of(variable, value), Priority.INTERACTIVE);
	}

	/**
	 * Returns a request of the given path template with the values of its variables.
	 */
	public static UpstreamRequest of(String template, Map<String, String> variables) {
		return new UpstreamRequest(template, variables, Priority.INTERACTIVE);
	}

	/**
	 * The same request, made to replace something stale or because a client waits.
	 */
	public UpstreamRequest refreshing(boolean refresh) {
		return new UpstreamRequest(template, variables, refresh ? Priority.REFRESH : Priority.INTERACTIVE, terms);
	}

	/**
	 * Returns the same request of a file, which may not exist or be behind a redirect.
	 * @param targets returns why a file from the given target is refused
	 */
	public UpstreamRequest ofFile(Function<URI, Optional<String>> targets) {
		return new UpstreamRequest(template, variables, priority, terms.ofFile(targets));
	}

	/**
	 * Returns the same request of a text, which may also not exist.
	 */
	public UpstreamRequest ofText() {
		return ofFile((location) -> Optional.of("a redirect in place of a text"));
	}

	/**
	 * Returns the same request of an endpoint that configuration declares.
	 * @param maxSize bytes of the largest body, or 0 for that of the upstream
	 */
	public UpstreamRequest ofDeclared(int maxSize) {
		return new UpstreamRequest(template, variables, priority, terms.ofDeclared(maxSize));
	}

	/**
	 * What is asked, whatever the values: the template of the path.
	 */
	String endpoint() {
		int query = template.indexOf('?');
		return (query < 0) ? template : template.substring(0, query);
	}

	/**
	 * The same request with one more query parameter, which may be there already.
	 */
	public UpstreamRequest with(String parameter, Object value) {
		String variable = parameter;
		for (int number = 2; variables.containsKey(variable); number++) {
			variable = parameter + number;
		}
		Map<String, String> extended = new LinkedHashMap<>(variables);
		extended.put(variable, value.toString());
		String separator = (template.indexOf('?') < 0) ? "?" : "&";
		return new UpstreamRequest(template + separator + parameter + "={" + variable + "}", extended, priority, terms);
	}

}
