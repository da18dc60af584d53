package io.htgateway.web.filter;

import java.util.List;

import io.htgateway.access.request.RequestTarget;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses requests for mirrored data whose <code>Accept</code> gives JSON the weight 0,
 * which means not acceptable (RFC 9110 12.4.2); the framework orders by weights and
 * leaves none out. Refuses also what names more types than it can order.
 */
public class AcceptGuard implements WebFilter {

	private static final String MIRRORED = "/api/external/";

	/**
	 * Most media ranges that the framework sorts; at more it fails.
	 */
	private static final int MAX_RANGES = 50;

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		List<MediaType> ranges = ranges(request);
		boolean mirrored = RequestTarget.path(request).startsWith(MIRRORED);
		if (ranges.size() > MAX_RANGES || (mirrored && refusesJson(ranges))) {
			return Mono.error(new NotAcceptableStatusException(List.of(MediaType.APPLICATION_JSON)));
		}
		return chain.filter(exchange);
	}

	// What is no list of media ranges is for the framework to refuse.
	private static List<MediaType> ranges(ServerHttpRequest request) {
		try {
			return request.getHeaders().getAccept();
		}
		catch (InvalidMediaTypeException notRanges) {
			return List.of();
		}
	}

	// Of the ranges that JSON is in, the most specific ones count (RFC 9110 12.5.1).
	private static boolean refusesJson(List<MediaType> ranges) {
		List<MediaType> matching = ranges.stream()
			.filter((range) -> range.includes(MediaType.APPLICATION_JSON))
			.toList();
		int most = matching.stream().mapToInt(AcceptGuard::specificity).max().orElse(0);
		return !matching.isEmpty() && matching.stream()
			.filter((range) -> specificity(range) == most)
			.allMatch((range) -> range.getQualityValue() == 0);
	}

	private static int specificity(MediaType range) {
		if (range.isWildcardType()) {
			return 0;
		}
		return range.isWildcardSubtype() ? 1 : 2;
	}

}
