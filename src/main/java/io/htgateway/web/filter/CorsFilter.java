package io.htgateway.web.filter;

import io.htgateway.web.reply.Cors;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Marks all answers to clients, errors too, for browsers where CORS is on.
 */
class CorsFilter implements WebFilter {

	private final Cors cors;

	CorsFilter(Cors cors) {
		this.cors = cors;
	}

	// Last, since answers are made of headers that are named where they are made.
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (cors.isOn()) {
			exchange.getResponse()
				.beforeCommit(() -> Mono.fromRunnable(() -> cors.mark(exchange.getRequest().getHeaders().getOrigin(),
						exchange.getResponse().getHeaders())));
		}
		return chain.filter(exchange);
	}

}
