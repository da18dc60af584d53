package io.htgateway.web.filter;

import io.htgateway.time.Dates;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Adds <code>Date</code> (RFC 9110 6.6.1) to responses that have none: the HTTP server
 * does not.
 */
class DateFilter implements WebFilter {

	private final Dates dates;

	DateFilter(Dates dates) {
		this.dates = dates;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		exchange.getResponse().beforeCommit(() -> {
			if (!headers.containsHeader(HttpHeaders.DATE)) {
				headers.setDate(dates.clock().millis());
			}
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

}
