package io.htgateway.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import io.htgateway.access.request.RequestTarget;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Rejects paths that differ from the path of a more specific endpoint only in case. The
 * upstream may treat them as the same path, so they would bypass that endpoint's
 * validation and cache.
 *
 * @param routes paths of the more specific endpoints, matched in any case
 */
record CaseVariants(List<PathPattern> routes) {

	private static final PathPatternParser PARSER = caseInsensitiveParser();

	/**
	 * Finds the more specific paths that a request for the given route could imitate.
	 * @param route path template of the endpoint that received the request
	 * @param all path templates of all endpoints
	 */
	static CaseVariants of(String route, Collection<String> all) {
		PathPattern own = PARSER.parse(route);
		return new CaseVariants(all.stream()
			.filter(Predicate.not(route::equals))
			.filter((other) -> segments(other) == segments(route) && own.getPatternString().contains("{"))
			.map(PARSER::parse)
			.filter((other) -> PathPattern.SPECIFICITY_COMPARATOR.compare(other, own) < 0)
			.toList());
	}

	/**
	 * Checks that the request's path is not a case variant of a more specific endpoint.
	 * @throws ResponseStatusException with 404 if it is
	 */
	void reject(ServerHttpRequest request) {
		if (routes.isEmpty()) {
			return;
		}
		PathContainer path = PathContainer.parsePath(RequestTarget.path(request));
		routes.stream().filter((route) -> route.matches(path)).findFirst().ifPresent((route) -> {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"the path differs only in case from that of another endpoint: write " + route.getPatternString());
		});
	}

	private static PathPatternParser caseInsensitiveParser() {
		PathPatternParser parser = new PathPatternParser();
		parser.setCaseSensitive(false);
		return parser;
	}

	private static long segments(String route) {
		return route.chars().filter((character) -> character == '/').count();
	}

}
