package io.htgateway.web.filter;

import io.htgateway.time.Dates;
import io.htgateway.web.reply.Cors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Adds the headers that every response has, errors too: <code>Date</code> (RFC 9110
 * 6.6.1), which the HTTP server does not add, and those of CORS where it is on.
 */
class ResponseHeadersFilter implements WebFilter {

	private final Dates dates;

	private final @Nullable Cors cors;

	/**
	 * A filter for responses that pages of other origins may read if the given rules
	 * allow it.
	 */
	ResponseHeadersFilter(Dates dates, @Nullable Cors cors) {
		this.dates = dates;
		this.cors = (cors != null && cors.isOn()) ? cors : null;
	}

	// When the response is sent, since its headers are set as a whole before that.
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			complete(exchange);
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

	private void complete(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		if (!headers.containsHeader(HttpHeaders.DATE)) {
			headers.setDate(dates.clock().millis());
		}
		if (cors != null) {
			cors.mark(exchange.getRequest().getHeaders().getOrigin(), headers);
		}
	}

}
