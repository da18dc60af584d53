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
 * Refuses paths that differ from the path of a more specific endpoint only in case: the
 * upstream may read them as the same, so they would escape the rules of that endpoint.
 *
 * @param routes paths of the more specific endpoints, which match in any case
 */
record OtherSpellings(List<PathPattern> routes) {

	private static final PathPatternParser PARSER = inAnyCase();

	/**
	 * Returns those of the given route.
	 * @param all the routes of all endpoints
	 */
	static OtherSpellings of(String route, Collection<String> all) {
		PathPattern own = PARSER.parse(route);
		return new OtherSpellings(all.stream()
			.filter(Predicate.not(route::equals))
			.filter((other) -> segments(other) == segments(route) && own.getPatternString().contains("{"))
			.map(PARSER::parse)
			.filter((other) -> PathPattern.SPECIFICITY_COMPARATOR.compare(other, own) < 0)
			.toList());
	}

	/**
	 * Requires that the path of the given request is no such path.
	 * @throws ResponseStatusException with 404 if it is one
	 */
	void refuse(ServerHttpRequest request) {
		if (routes.isEmpty()) {
			return;
		}
		PathContainer path = PathContainer.parsePath(RequestTarget.path(request));
		routes.stream().filter((route) -> route.matches(path)).findFirst().ifPresent((route) -> {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"the path differs only in case from that of another endpoint: write " + route.getPatternString());
		});
	}

	private static PathPatternParser inAnyCase() {
		PathPatternParser parser = new PathPatternParser();
		parser.setCaseSensitive(false);
		return parser;
	}

	private static long segments(String route) {
		return route.chars().filter((character) -> character == '/').count();
	}

}
