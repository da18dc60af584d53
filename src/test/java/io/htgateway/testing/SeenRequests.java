package io.htgateway.testing;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Counts the requests that the framework sees: those that were not answered before it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class SeenRequests implements WebFilter {

	private final AtomicInteger count = new AtomicInteger();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		count.incrementAndGet();
		return chain.filter(exchange);
	}

	public int count() {
		return count.get();
	}

}
