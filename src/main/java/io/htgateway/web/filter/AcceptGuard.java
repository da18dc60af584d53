package io.htgateway.web.filter;

import java.util.List;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses requests whose <code>Accept</code> has more media ranges than the framework can
 * order. Which of them an endpoint serves is for its handler.
 */
class AcceptGuard implements WebFilter {

	/**
	 * Most media ranges that the framework sorts; at more it fails.
	 */
	private static final int MAX_RANGES = 50;

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return (count(exchange.getRequest()) > MAX_RANGES)
				? Mono.error(new NotAcceptableStatusException(List.of(MediaType.APPLICATION_JSON)))
				: chain.filter(exchange);
	}

	// What is no list of media ranges is for the framework to refuse.
	private static int count(ServerHttpRequest request) {
		try {
			return request.getHeaders().getAccept().size();
		}
		catch (InvalidMediaTypeException notRanges) {
			return 0;
		}
	}

}
