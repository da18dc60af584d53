package io.htgateway.web;

import io.htgateway.web.connection.Drain;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Asks clients to leave their connections while the gateway drains (RFC 9112 9.6). HTTP/2
 * has no such header, and the management port is not drained.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class DrainFilter implements WebFilter {

	private static final int HTTP_1 = 1;

	private final Drain drain;

	private final ApplicationContext clients;

	DrainFilter(Drain drain, ApplicationContext clients) {
		this.drain = drain;
		this.clients = clients;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (exchange.getApplicationContext() == clients && isHttp1(exchange)) {
			HttpHeaders headers = exchange.getResponse().getHeaders();
			exchange.getResponse().beforeCommit(() -> {
				if (drain.hasBegun()) {
					headers.setConnection("close");
				}
				return Mono.empty();
			});
		}
		return chain.filter(exchange);
	}

	private static boolean isHttp1(ServerWebExchange exchange) {
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		return request.version().majorVersion() == HTTP_1;
	}

}
