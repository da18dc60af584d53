package io.htgateway.declared;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;
import io.htgateway.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A validated request for a declared endpoint, in the canonical form that the cache and
 * the upstream call use.
 *
 * @param endpoint name of the endpoint
 * @param route path template of the endpoint
 * @param variables values of the path variables by name
 * @param parameters sorted values of the query parameters by the name that the upstream
 * expects
 */
record DeclaredQuery(String endpoint, String route, Map<String, String> variables,
		SortedMap<String, List<String>> parameters) implements CacheKey {

	private static final String SEPARATOR = "~";

	DeclaredQuery {
		variables = Map.copyOf(variables);
		parameters = new TreeMap<>(parameters);
	}

	@Override
	public String text() {
		Stream<String> path = new TreeMap<>(variables).entrySet()
			.stream()
			.map((variable) -> '/' + variable.getKey() + '=' + variable.getValue());
		Stream<String> query = parameters.entrySet()
			.stream()
			.flatMap((parameter) -> parameter.getValue()
				.stream()
				.map((value) -> parameter.getKey() + '=' + UriUtils.encode(value, UTF_8)));
		return path.collect(Collectors.joining("", "declared/" + endpoint, "?"))
				+ query.collect(Collectors.joining("&"));
	}

	// The history does not record requests with query parameters: a name cannot contain
	// them.
	@Override
	public @Nullable String series() {
		if (!parameters.isEmpty()) {
			return null;
		}
		List<String> values = PathTemplate.variables(route).stream().map(variables::get).toList();
		if (values.stream().anyMatch((value) -> value.contains(SEPARATOR))) {
			return null;
		}
		return values.isEmpty() ? "all" : String.join(SEPARATOR, values);
	}

	@Override
	public Subject subject() {
		return new Subject(endpoint, variables);
	}

	/**
	 * Returns the upstream request for this query.
	 */
	UpstreamRequest toUpstream() {
		UpstreamRequest request = UpstreamRequest.of(route, variables);
		for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
			for (String value : parameter.getValue()) {
				request = request.with(parameter.getKey(), value);
			}
		}
		return request;
	}

}
