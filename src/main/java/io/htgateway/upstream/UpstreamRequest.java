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
 * GET request to the upstream's API: a template of path and query with the values of its
 * variables. The values are strictly encoded when the request is sent, so that none can
 * change its meaning.
 *
 * @param template path and query with a variable for each value
 * @param variables values by the name of their variable
 * @param priority whether a caller waits for the call, or it is a refresh
 * @param terms conditions that the response must meet
 */
public record UpstreamRequest(String template, Map<String, String> variables, Priority priority, ResponseTerms terms) {

	public UpstreamRequest {
		variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
	}

	public UpstreamRequest(String template, Map<String, String> variables, Priority priority) {
		this(template, variables, priority, ResponseTerms.DATA);
	}

	/**
	 * Creates a request for the given path without variables.
	 */
	public static UpstreamRequest of(String path) {
		return new UpstreamRequest(path, Map.of(), Priority.INTERACTIVE);
	}

	/**
	 * Creates a request for the given path template with the value of its only variable.
	 */
	public static UpstreamRequest of(String template, String variable, String value) {
		return new UpstreamRequest(template, Map.of(variable, value), Priority.INTERACTIVE);
	}

	/**
	 * Creates a request for the given path template with the values of its variables.
	 */
	public static UpstreamRequest of(String template, Map<String, String> variables) {
		return new UpstreamRequest(template, variables, Priority.INTERACTIVE);
	}

	/**
	 * Returns the same request with the priority of a refresh, or of an interactive call.
	 * @param refresh whether a stored response is refreshed
	 */
	public UpstreamRequest refreshing(boolean refresh) {
		return new UpstreamRequest(template, variables, refresh ? Priority.REFRESH : Priority.INTERACTIVE, terms);
	}

	/**
	 * Returns the same request for a file, which may be missing or behind a redirect.
	 * @param targets returns why the given target of a redirect is refused
	 */
	public UpstreamRequest ofFile(Function<URI, Optional<String>> targets) {
		return new UpstreamRequest(template, variables, priority, terms.ofFile(targets));
	}

	/**
	 * Returns the same request for a text, which may be missing.
	 */
	public UpstreamRequest ofText() {
		return ofFile((location) -> Optional.of("a redirect instead of a text"));
	}

	/**
	 * Returns the same request for a declared endpoint.
	 * @param maxSize largest body in bytes, or 0 for the limit of the upstream
	 */
	public UpstreamRequest ofDeclared(int maxSize) {
		return new UpstreamRequest(template, variables, priority, terms.ofDeclared(maxSize));
	}

	/**
	 * Returns the same request for an endpoint that the gateway can do without.
	 * @param maxSize largest body in bytes
	 */
	public UpstreamRequest ofOptional(int maxSize) {
		return new UpstreamRequest(template, variables, priority, terms.ofOptional(maxSize));
	}

	/**
	 * Returns the template of the path, which is the same for all values.
	 */
	String endpoint() {
		int query = template.indexOf('?');
		return (query < 0) ? template : template.substring(0, query);
	}

	/**
	 * Returns the same request with one more query parameter. A parameter can be
	 * repeated.
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
