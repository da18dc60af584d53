package io.htgateway.web.filter;

import io.htgateway.web.reply.Cors;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Marks all answers to clients, errors too, for browsers where CORS is on. The management
 * port is not for pages.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CorsFilter implements WebFilter {

	private final Cors cors;

	private final ApplicationContext clients;

	CorsFilter(Cors cors, ApplicationContext clients) {
		this.cors = cors;
		this.clients = clients;
	}

	// Last, since answers are made of headers that are named where they are made.
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (cors.isOn() && exchange.getApplicationContext() == clients) {
			exchange.getResponse()
				.beforeCommit(() -> Mono.fromRunnable(() -> cors.mark(exchange.getRequest().getHeaders().getOrigin(),
						exchange.getResponse().getHeaders())));
		}
		return chain.filter(exchange);
	}

}
